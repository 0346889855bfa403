using System.Numerics;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Evaluation;
using Ptycho.IO;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Evaluation;

/// <summary>Crops of an image are found again, those of another one are not.</summary>
public sealed class PatchSearchTests
{
    private static readonly PatchSearchOptions Options = new()
    {
        PatchSize = 32,
        Reduction = 2,
        Angles = 24,
    };

    /// <summary>Smooth blobs at random places.</summary>
    private static ComplexField Blobs(int seed)
    {
        var random = new Random(seed);
        var blobs = Enumerable
            .Range(0, 150)
            .Select(_ =>
                (R: 120 * random.NextDouble(), C: 120 * random.NextDouble(), S: 1.5 + 2.5 * random.NextDouble())
            )
            .ToArray();
        var field = new ComplexField(120, 120);
        for (var r = 0; r < 120; r++)
        for (var c = 0; c < 120; c++)
        {
            var sum = blobs.Sum(b => Math.Exp(-((r - b.R) * (r - b.R) + (c - b.C) * (c - b.C)) / (2 * b.S * b.S)));
            field[r, c] = Complex.FromPolarCoordinates(1.2 - 0.3 * Math.Min(sum, 3), 0.5 * sum);
        }
        return field;
    }

    private static Tensor Crops(CropImage image, int count)
    {
        var source = new CropBatchSource(
            new CropSampler([image], new CropSamplerOptions { Seed = 8 }),
            new MagnitudePhaseEncoder(),
            new CropStage { Size = 56, BatchSize = count }
        );
        return source.Create(0, 0).ToTensor();
    }

    [Test]
    public void Samples_of_another_kind_are_refused()
    {
        using var scope = NewDisposeScope();
        using var search = new PatchSearch([new CropImage("known", Blobs(1))], new MagnitudePhaseEncoder(), Options);
        Assert.That(
            () => search.Nearest(zeros(1, 3, 56, 56)),
            Throws.ArgumentException.With.Message.Contains("the 2 channels")
        );
        Assert.That(
            () => search.Nearest(zeros(1, 2, 56, 56, dtype: ScalarType.Float64)),
            Throws.ArgumentException.With.Message.Contains("Float64")
        );
    }

    [Test]
    public void Crops_of_the_training_images_are_near_and_others_far()
    {
        using var scope = NewDisposeScope();
        var known = new CropImage("known", Blobs(1), [new ImageRegion(0, 0, 120, 90)]);
        using var search = new PatchSearch([known], new MagnitudePhaseEncoder(), Options);
        var remembered = search.Nearest(Crops(known, 6));
        var fresh = search.Nearest(Crops(new CropImage("other", Blobs(2)), 6));
        TestContext.Out.WriteLine($"{string.Join(", ", remembered)} | {string.Join(", ", fresh)}");
        Assert.That(remembered.Order().ElementAt(3), Is.LessThan(0.5));
        Assert.That(fresh.Order().ElementAt(2), Is.GreaterThan(1.5 * remembered.Order().ElementAt(3)));
    }

    [Test]
    public void A_copy_has_no_distance()
    {
        using var scope = NewDisposeScope();
        var image = Blobs(1);
        var encoder = new MagnitudePhaseEncoder();
        using var search = new PatchSearch([new CropImage("known", image)], encoder, Options);
        // The patch begins 14 pixels into the sample, so that squares of 2 pixels fall together.
        var field = new ImageRegion(30, 44, 60, 60).Extract(image);
        var values = new float[2 * 60 * 60];
        encoder.Encode(new ComplexCrop(field, [.. PhaseUnwrapper.Unwrap(field)], default), values);
        var sample = tensor(values).reshape(1, 2, 60, 60);
        Assert.That(search.Nearest(sample)[0], Is.LessThan(0.01));
        Assert.That(search.Nearest(sample + 0.4)[0], Is.LessThan(0.01), "a constant is no difference");
    }

    [Test]
    public void What_cannot_be_searched_is_refused()
    {
        var encoder = new MagnitudePhaseEncoder();
        var image = new CropImage("small", Blobs(1), [new ImageRegion(0, 0, 20, 120)]);
        Assert.That(
            () => new PatchSearch([image], encoder, Options),
            Throws.ArgumentException.With.Message.Contains("32×32")
        );
        Assert.That(
            () => new PatchSearch([image], encoder, Options with { Reduction = 5 }),
            Throws.ArgumentException.With.Message.Contains("multiple")
        );
        using var search = new PatchSearch([new CropImage("known", Blobs(1))], encoder, Options);
        using var sample = zeros(1, 2, 40, 40);
        Assert.That(() => search.Nearest(sample), Throws.ArgumentException.With.Message.Contains("at least 54"));
        Assert.That(() => new PatchSearchOptions { Angles = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new PatchSearchOptions { ScaleStep = 0.9 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
