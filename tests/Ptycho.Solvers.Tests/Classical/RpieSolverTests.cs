using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Classical;

namespace Ptycho.Solvers.Tests.Classical;

public class RpieSolverTests
{
    [TestCase("clamp", 0.20625046, 0.54427136)]
    [TestCase("pad", 0.19370193, 0.60434293)]
    public void FiveSweepsAgreeWithTheReference(string scan, double nrmse, double ssim)
    {
        var options = new RpieOptions
        {
            Stop = new() { Iterations = 5 },
            Start = StartObject.Unit,
            Alpha = 0.1,
            Order = FrameOrder.Sequential,
        };
        var result = new RpieSolver(options).Solve(Reference.Small.Noisy(scan));
        var expected = Reference.Small.Field($"{scan}_rpie5");
        var truth = Reference.Small.Field("object");
        Assert.Multiple(() =>
        {
            Assert.That(result.Object.Real, Is.EqualTo(expected.Real).Within(1e-5));
            Assert.That(result.Object.Imaginary, Is.EqualTo(expected.Imaginary).Within(1e-5));
            Assert.That(ReconstructionMetrics.Nrmse(result.Object, truth), Is.EqualTo(nrmse).Within(1e-5));
            Assert.That(ReconstructionMetrics.Ssim(result.Object, truth), Is.EqualTo(ssim).Within(1e-5));
        });
    }

    [Test]
    public void TheOrderComesFromTheSeed()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var options = new RpieOptions
        {
            Stop = new() { Iterations = 3 },
            Seed = 4,
        };
        var first = new RpieSolver(options).Solve(measurement).Object.Real;
        Assert.That(new RpieSolver(options).Solve(measurement).Object.Real, Is.EqualTo(first));
        Assert.That(new RpieSolver(options with { Seed = 5 }).Solve(measurement).Object.Real, Is.Not.EqualTo(first));
    }

    [TestCase(0)]
    [TestCase(1.01)]
    [TestCase(double.NaN)]
    public void BadAlphaIsNamed(double alpha) =>
        Assert.That(
            () => new RpieOptions { Alpha = alpha },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Alpha")
        );

    [Test]
    public void BadGammaIsNamed() =>
        Assert.That(
            () => new RpieOptions { Gamma = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Gamma")
        );
}
