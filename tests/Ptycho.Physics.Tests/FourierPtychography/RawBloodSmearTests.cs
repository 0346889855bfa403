using Ptycho.IO;
using Ptycho.Physics.FourierPtychography;

namespace Ptycho.Physics.Tests.FourierPtychography;

/// <summary>The recovery of the real objects, against figures of an independent program.</summary>
public class RawBloodSmearTests
{
    [TestCase("bloodsmear_red.mat", 0.083)]
    [TestCase("bloodsmear_green.mat", 0.084)]
    [TestCase("bloodsmear_blue.mat", 0.082)]
    [TestCase("blood_aberration.mat", 0.080)]
    public void TheAmplitudeErrorIsThatOfTheReference(string file, double expected)
    {
        var data = FourierPtychographyMatFile.Read(SharedData.RequireFile(file));
        Assert.That((data.ImageCount, data.Height, data.Width), Is.EqualTo((225, 128, 128)));
        var result = new FourierPtychographySolver().Solve(data);
        Assert.That(result.AmplitudeErrors[^1], Is.EqualTo(expected).Within(0.003));
        // The twin, with all phases reversed, fits the amplitudes as well; but cells darken and delay the light.
        Assert.That(LocalCorrelation(result.Object), Is.LessThan(-0.5));
    }

    [Test]
    public void TheGivenPupilIsUsedAsItIs()
    {
        var data = FourierPtychographyMatFile.Read(SharedData.RequireFile("blood_aberration.mat"));
        var solver = new FourierPtychographySolver(new FourierPtychographyOptions { RecoverPupil = false });
        var result = solver.Solve(data);
        Assert.That(result.Pupil.Real, Is.EqualTo(data.Pupil!.Real));
        Assert.That(result.AmplitudeErrors[^1], Is.LessThan(0.095));
    }

    /// <summary>
    /// Correlation of magnitude and phase within 32×32 blocks, so that a curved background doesn't count, without the
    /// dense cells, whose phase wraps.
    /// </summary>
    private static double LocalCorrelation(ComplexField field)
    {
        const int block = 32;
        var values = new List<(double Magnitude, double Phase)>();
        for (var top = 0; top < field.Height; top += block)
        for (var left = 0; left < field.Width; left += block)
        {
            var inside = Enumerable
                .Range(0, block * block)
                .Select(i => field[top + i / block, left + i % block])
                .Where(z => z.Magnitude > 0.7)
                .ToArray();
            var (magnitude, phase) = (inside.Average(z => z.Magnitude), inside.Average(z => z.Phase));
            values.AddRange(inside.Select(z => (z.Magnitude - magnitude, z.Phase - phase)));
        }
        return values.Sum(v => v.Magnitude * v.Phase)
            / Math.Sqrt(values.Sum(v => v.Magnitude * v.Magnitude) * values.Sum(v => v.Phase * v.Phase));
    }
}
