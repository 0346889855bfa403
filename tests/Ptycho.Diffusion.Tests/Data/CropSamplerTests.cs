using Ptycho.Diffusion.Data;
using Ptycho.IO;

namespace Ptycho.Diffusion.Tests.Data;

public sealed class CropSamplerTests
{
    private static readonly ImageRegion[] LShape = [new(0, 0, 50, 100), new(0, 0, 100, 50)];

    [Test]
    public void A_crop_is_a_function_of_seed_and_index_alone()
    {
        var forward = Sampler(3);
        var backward = Sampler(3);
        var crops = Enumerable.Range(0, 20).Select(i => forward.Sample((ulong)i, 24)).ToArray();
        Parallel.For(
            0,
            20,
            i =>
            {
                var again = backward.Sample((ulong)(19 - i), 24);
                Assert.That(again.Field.Real, Is.EqualTo(crops[19 - i].Field.Real));
                Assert.That(again.Field.Imaginary, Is.EqualTo(crops[19 - i].Field.Imaginary));
                Assert.That(again.Phase, Is.EqualTo(crops[19 - i].Phase));
            }
        );
        Assert.That(Sampler(4).Sample(0, 24).Field.Real, Is.Not.EqualTo(crops[0].Field.Real));
        Assert.That(crops[1].Field.Real, Is.Not.EqualTo(crops[0].Field.Real));
    }

    [Test]
    public void Every_pixel_of_every_crop_lies_in_its_region()
    {
        var sampler = Sampler(1);
        for (var i = 0UL; i < 2000; i++)
        {
            var place = sampler.Place(i, 24);
            var region = place.Image == 0 ? LShape[place.Region] : new ImageRegion(10, 20, 60, 70);
            foreach (var (r, c) in new[] { (0, 0), (0, 23), (23, 0), (23, 23), (11, 12) })
            {
                var (row, column) = place.Grid.At(r, c);
                Assert.That(
                    row >= region.Row - 1e-9
                        && row <= region.Row + region.Height - 1 + 1e-9
                        && column >= region.Column - 1e-9
                        && column <= region.Column + region.Width - 1 + 1e-9,
                    $"crop {i}: ({row}, {column}) outside {region}"
                );
            }
        }
    }

    [Test]
    public void Pixels_outside_the_regions_have_no_influence()
    {
        var image = Scene(100, 100);
        var changed = image.Clone();
        for (var r = 50; r < 100; r++)
        for (var c = 50; c < 100; c++)
            changed[r, c] = new(1e6, -1e6);
        var a = new CropSampler([new("a", image, LShape)]);
        var b = new CropSampler([new("b", changed, LShape)]);
        for (var i = 0UL; i < 50; i++)
            Assert.That(b.Sample(i, 24).Field.Real, Is.EqualTo(a.Sample(i, 24).Field.Real));
    }

    [Test]
    public void Draws_cover_scales_angles_mirror_images_weights_and_the_whole_union()
    {
        var sampler = Sampler(5);
        var places = Enumerable.Range(0, 4000).Select(i => sampler.Place((ulong)i, 8)).ToArray();
        Assert.That(places.Average(p => p.Scale), Is.EqualTo(1.025).Within(0.01));
        Assert.That(places.Min(p => p.Scale), Is.InRange(0.8, 0.81));
        Assert.That(places.Max(p => p.Scale), Is.InRange(1.24, 1.25));
        Assert.That(places.Average(p => p.Angle), Is.EqualTo(Math.PI).Within(0.1));
        Assert.That(places.Average(p => p.Mirrored ? 1 : 0), Is.EqualTo(0.5).Within(0.03));
        Assert.That(places.Average(p => p.Image), Is.EqualTo(0.25).Within(0.03));

        // Uniform on the L: its corner square has a third of the area, although two rectangles hold it.
        var centres = places.Where(p => p.Image == 0).Select(p => p.Grid.At(0, 0)).ToArray();
        var corner = centres.Count(p => p.Row < 50 && p.Column < 50) / (double)centres.Length;
        Assert.That(corner, Is.EqualTo(1.0 / 3).Within(0.04));
    }

    [Test]
    public void Without_rotation_scaling_and_mirroring_a_crop_is_a_shifted_window()
    {
        var options = new CropSamplerOptions
        {
            Rotate = false,
            Flip = false,
            MinimumScale = 1,
            MaximumScale = 1,
        };
        var image = Scene(40, 50);
        var crop = new CropSampler([new("a", image)], options).Sample(7, 16);
        var spline = new CubicSplineImage(image);
        var (row, column) = crop.Placement.Grid.At(3, 5);
        Assert.That(row - crop.Placement.Grid.Row, Is.EqualTo(3).Within(1e-9));
        Assert.That(column - crop.Placement.Grid.Column, Is.EqualTo(5).Within(1e-9));
        Assert.That(crop.Field[3, 5].Magnitude, Is.EqualTo(spline.At(row, column).Magnitude).Within(1e-5));
    }

    [Test]
    public void The_global_phase_of_a_crop_is_fixed()
    {
        var image = Scene(60, 60);
        var turned = image.Clone();
        for (var r = 0; r < 60; r++)
        for (var c = 0; c < 60; c++)
            turned[r, c] *= System.Numerics.Complex.FromPolarCoordinates(1, 2.5);
        var a = new CropSampler([new("a", image)]).Sample(2, 16).Field;
        var b = new CropSampler([new("b", turned)]).Sample(2, 16).Field;
        Assert.That(b.Real, Is.EqualTo(a.Real).Within(1e-5f));
        Assert.That(b.Imaginary, Is.EqualTo(a.Imaginary).Within(1e-5f));
        Assert.That(a.Imaginary.Sum(), Is.EqualTo(0).Within(1e-3));
        Assert.That(a.Real.Sum(), Is.Positive);
    }

    [Test]
    public void Crops_as_large_as_a_region_are_that_region()
    {
        var image = Scene(40, 60);
        ImageRegion[] regions = [new(0, 0, 24, 24), new(10, 5, 24, 50), new(0, 0, 20, 20)];
        var options = new CropSamplerOptions
        {
            MinimumScale = 1,
            MaximumScale = 1,
            Rotate = false,
            Flip = false,
        };
        var sampler = new CropSampler([new("cells", image, regions)], options);
        var places = Enumerable.Range(0, 200).Select(i => sampler.Place((ulong)i, 24)).ToArray();
        Assert.That(places.Select(p => p.Region).Distinct().Order(), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(places.Where(p => p.Region == 0).Select(p => (p.Grid.Row, p.Grid.Column)), Is.All.EqualTo((0, 0)));
        var columns = places.Where(p => p.Region == 1).Select(p => p.Grid.Column).ToArray();
        Assert.That(places.Where(p => p.Region == 1).Select(p => p.Grid.Row), Is.All.EqualTo(10));
        Assert.That(
            (columns.Min() < 10, columns.Max() > 26, columns.All(c => c is >= 5 and <= 31)),
            Is.EqualTo((true, true, true))
        );
        var first = Array.FindIndex(places, p => p.Region == 0);
        var crop = sampler.Sample((ulong)first, 24).Field;
        var expected = regions[0].Extract(image);
        PhaseGauge.Fix(expected);
        Assert.That(crop.Real, Is.EqualTo(expected.Real).Within(1e-5f));
    }

    [Test]
    public void Crops_that_fit_nowhere_are_an_error_that_names_the_image()
    {
        var sampler = new CropSampler([new("cells", Scene(40, 90), [new(0, 0, 40, 40), new(0, 0, 10, 90)])]);
        Assert.That(
            () => sampler.Sample(0, 64),
            Throws.ArgumentException.With.Message.Contains("cells").And.Message.Contains("is 40×40")
        );
    }

    [Test]
    public void Bad_input_is_refused()
    {
        Assert.That(() => new CropSampler([]), Throws.ArgumentException);
        Assert.That(
            () => new CropSampler([new("cells", Scene(40, 40), [new(0, 0, 41, 10)])]),
            Throws.ArgumentException.With.Message.Contains("cells")
        );
        Assert.That(
            () => new CropSampler([new("a", Scene(40, 40))], new CropSamplerOptions { MinimumScale = 2 }),
            Throws.ArgumentException.With.Message.Contains("MinimumScale")
        );
        Assert.That(
            () => new CropSamplerOptions { MaximumScale = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MaximumScale")
        );
        Assert.That(() => new CropImage("a", Scene(4, 4), [], 1), Throws.ArgumentException);
        Assert.That(() => new CropImage("a", Scene(4, 4), null, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        var broken = Scene(4, 4);
        broken.Imaginary[6] = float.NaN;
        Assert.That(
            () => new CropImage("a", broken),
            Throws.ArgumentException.With.Message.Contains("row 1, column 2")
        );
    }

    private static CropSampler Sampler(ulong seed) =>
        new(
            [new("l", Scene(100, 100), LShape, 3), new("r", Scene(90, 100), [new(10, 20, 60, 70)])],
            new CropSamplerOptions { Seed = seed }
        );

    private static ComplexField Scene(int height, int width)
    {
        var field = new ComplexField(height, width);
        for (var r = 0; r < height; r++)
        for (var c = 0; c < width; c++)
            field[r, c] = System.Numerics.Complex.FromPolarCoordinates(
                0.9 + 0.2 * Math.Sin(0.3 * r + 0.1 * c),
                0.8 * Math.Cos(0.2 * c - 0.05 * r * c / width)
            );
        return field;
    }
}
