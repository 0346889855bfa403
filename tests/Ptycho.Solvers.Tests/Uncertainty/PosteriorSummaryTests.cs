using Ptycho.Physics.Operators;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Uncertainty;

public class PosteriorSummaryTests
{
    [Test]
    public void SaysWhatTheSamplesScatter()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var samples = Samples(small, 400, 0.05, 0.03, 1);
        var summary = PosteriorSummary.Of(samples, small.Problem);
        Assert.That(summary.Count, Is.EqualTo(400));
        Assert.That(summary.MagnitudeDeviation.Average(), Is.EqualTo(0.05).Within(0.001));
        Assert.That(summary.PhaseDeviation.Average(), Is.EqualTo(0.03).Within(0.001));
        Assert.That(
            summary.Magnitude.Values[2].Average() - small.Truth.Real.Zip(small.Truth.Imaginary, float.Hypot).Average(),
            Is.Zero.Within(0.002)
        );
        var width = summary.Magnitude.Values[4].Zip(summary.Magnitude.Values[0], (b, a) => b - a).Average();
        Assert.That(width, Is.EqualTo(2 * 1.645 * 0.05).Within(0.005));
        Assert.That(summary.Phase.Values[2].Average(), Is.Zero.Within(0.002));
        var power = small.Truth.Real.Zip(small.Truth.Imaginary, (a, b) => a * a + b * b).Average();
        Assert.That(
            Math.Pow(summary.Deviation.Average(), 2),
            Is.EqualTo(0.05 * 0.05 + 0.03 * 0.03 * power).Within(2e-4)
        );
    }

    [Test]
    public void TheBestSampleHasTheLeastEnergy()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var samples = stack([small.Truth.ToTensor() * 1.2, small.Truth.ToTensor(), small.Truth.ToTensor() * 0.7]);
        var summary = PosteriorSummary.Of(samples, small.Problem);
        Assert.That(summary.Best.Real, Is.EqualTo(small.Truth.Real));
        Assert.That(summary.Energies.Min(), Is.EqualTo(summary.Energies[1]));
    }

    [Test]
    public void OneSampleIsNoDistribution()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var one = small.Truth.ToTensor().unsqueeze(0);
        Assert.That(
            () => PosteriorSummary.Of(one, small.Problem),
            Throws.ArgumentException.With.Message.Contains("2 samples")
        );
    }

    [TestCase(1.0, 1.0)]
    [TestCase(2.0, 3.0)]
    public void CalibrationFindsByHowMuchTheErrorBarsAreTooShort(double magnitude, double phase)
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        // The truth is drawn like the samples, but with a wider law, so that the bars are too short by known factors.
        var samples = Samples(small, 100, 0.02, 0.015, 5);
        var truth = Samples(small, 1, 0.02 * magnitude, 0.015 * phase, 6)[0].ToField();
        var summary = PosteriorSummary.Of(samples, small.Problem);
        var (k, q) = CalibrationReport.FitInflation([(summary, truth)]);
        Assert.That(k, Is.EqualTo(magnitude).Within(0.06 * magnitude));
        Assert.That(q, Is.EqualTo(phase).Within(0.06 * phase));
        var honest = CalibrationReport.Of([(summary, truth)], k, q);
        for (var i = 0; i < honest.Nominal.Length; i++)
        {
            Assert.That(honest.MagnitudeCoverage[i], Is.EqualTo(honest.Nominal[i]).Within(0.03));
            Assert.That(honest.PhaseCoverage[i], Is.EqualTo(honest.Nominal[i]).Within(0.03));
        }
        if (magnitude > 1)
            Assert.That(CalibrationReport.Of([(summary, truth)]).MagnitudeCoverage[1], Is.LessThan(0.5));
    }

    private static Tensor Samples(Small small, int count, double magnitude, double phase, ulong seed)
    {
        using var generator = new Generator(seed, CPU);
        var truth = small.Truth.ToTensor().unsqueeze(0);
        var a = truth.abs() + randn([count, 64, 64], float32, generator: generator) * magnitude;
        return polar(a, truth.angle() + randn([count, 64, 64], float32, generator: generator) * phase);
    }
}
