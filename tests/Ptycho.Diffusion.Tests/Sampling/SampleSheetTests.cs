using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO.Png;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Sampling;

public sealed class SampleSheetTests
{
    private static Tensor Samples(int count)
    {
        using var generator = new Generator(5);
        return randn([count, 2, 12, 12], generator: generator);
    }

    [Test]
    public void A_row_of_magnitudes_and_one_of_phases_for_each_group_of_columns()
    {
        using var scope = NewDisposeScope();
        var transform = new MagnitudePhaseTransform();
        var sheet = new SampleSheet { Columns = 3 };
        var three = sheet.Render(Samples(3), transform);
        var four = sheet.Render(Samples(4), transform);
        var six = sheet.Render(Samples(6), transform);
        Assert.That(four.Width, Is.EqualTo(three.Width));
        Assert.That(four.Height, Is.GreaterThan(three.Height + 24));
        Assert.That(six.Height, Is.EqualTo(four.Height));
        Assert.That((sheet with { Enlargement = 2 }).Render(Samples(3), transform).Width, Is.EqualTo(three.Width + 36));
    }

    [Test]
    public void Pictures_show_the_magnitude_and_samples_are_left_alone()
    {
        using var scope = NewDisposeScope();
        var samples = zeros(1, 2, 12, 12);
        samples[0, 0, 5, 7] = tensor(1f);
        var before = samples.clone();
        var image = new SampleSheet { Columns = 1 }.Render(samples, new MagnitudePhaseTransform());
        var (top, left) = FirstFrame(image);
        Assert.That(image[top + 1 + 5, left + 1 + 7], Is.EqualTo(Rgb.White));
        Assert.That(image[top + 1 + 5, left + 1 + 6], Is.EqualTo(Rgb.Black));
        Assert.That(image[top + 1 + 7, left + 1 + 5], Is.EqualTo(Rgb.Black));
        Assert.That(samples.allclose(before, 0, 0));
    }

    private static (int Row, int Column) FirstFrame(RgbImage image)
    {
        for (var row = 0; row < image.Height; row++)
        for (var column = 0; column < image.Width; column++)
            if (image[row, column] == Rgb.FromHex(0x404040))
                return (row, column);
        throw new AssertionException("The sheet has no picture.");
    }

    [Test]
    public void Other_shapes_and_no_columns_are_refused()
    {
        using var scope = NewDisposeScope();
        var sheet = new SampleSheet();
        Assert.That(() => sheet.Render(zeros(1, 3, 8, 8), new MagnitudePhaseTransform()), Throws.ArgumentException);
        Assert.That(() => new SampleSheet { Columns = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new SampleSheet { Enlargement = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
