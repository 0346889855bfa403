using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical;

public class AwfSolverTests
{
    [TestCase("clamp", 0.18247857, 0.64132246)]
    [TestCase("pad", 0.16093532, 0.73578856)]
    public void TwentyIterationsAgreeWithTheReference(string scan, double nrmse, double ssim)
    {
        var measurement = Reference.Small.Noisy(scan);
        var result = Solver(20, threads: 1).Solve(measurement);
        var expected = Reference.Small.Field($"{scan}_awf20");
        var truth = Reference.Small.Field("object");
        var energy = measurement.Data.ToAmplitudes().Sum(a => (double)a * a);
        var losses = result.ResidualHistory.Select(r => 0.5 * r * r * energy).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(result.Object.Real, Is.EqualTo(expected.Real).Within(1e-5));
            Assert.That(result.Object.Imaginary, Is.EqualTo(expected.Imaginary).Within(1e-5));
            Assert.That(losses, Is.EqualTo(Reference.Small.Double($"{scan}_awf_loss")).Within(1e-3).Percent);
            Assert.That(ReconstructionMetrics.Nrmse(result.Object, truth), Is.EqualTo(nrmse).Within(1e-5));
            Assert.That(ReconstructionMetrics.Ssim(result.Object, truth), Is.EqualTo(ssim).Within(1e-5));
            Assert.That(result.Iterations, Is.EqualTo(20));
            Assert.That(result.StopReason, Is.EqualTo(StopReason.IterationLimit));
        });
    }

    [Test]
    public void BitsDoNotDependOnThreads([Values("clamp", "pad")] string scan)
    {
        var measurement = Reference.Small.Noisy(scan);
        var one = Solver(15, threads: 1).Solve(measurement);
        foreach (var threads in (int[])[2, 3, 8])
        {
            var many = Solver(15, threads).Solve(measurement);
            Assert.That(many.Object.Real, Is.EqualTo(one.Object.Real));
            Assert.That(many.Object.Imaginary, Is.EqualTo(one.Object.Imaginary));
            Assert.That(many.ResidualHistory, Is.EqualTo(one.ResidualHistory).AsCollection);
            Assert.That(many.FrameMisfit, Is.EqualTo(one.FrameMisfit).AsCollection);
        }
    }

    [Test]
    public void WithoutMomentumTheResidualNeverRises()
    {
        var solver = new AwfSolver(
            new AwfOptions
            {
                Stop = new() { Iterations = 30 },
                Accelerated = false,
            }
        );
        Assert.That(solver.Solve(Reference.Small.Noisy("clamp")).ResidualHistory, Is.Ordered.Descending);
    }

    [Test]
    public void TheStartHasTheScaleOfTheData()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var energy = measurement.Data.ToAmplitudes().Sum(a => (double)a * a);
        var scale = Math.Sqrt(energy / (measurement.Data.FrameCount * measurement.Probe.Energy));
        var options = new AwfOptions { Stop = new() { Iterations = 3 } };
        var byDefault = new AwfSolver(options).Solve(measurement);
        var given = options with { InitialObject = ComplexField.Constant(128, 128, scale) };
        Assert.That(
            new AwfSolver(given).Solve(measurement).Object.Real,
            Is.EqualTo(byDefault.Object.Real).Within(1e-6)
        );
        Assert.That(scale, Is.Not.EqualTo(1).Within(0.01));
    }

    [Test]
    public void BadOptionsAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new AwfOptions { StepFactor = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("StepFactor")
            );
            Assert.That(
                () => new AwfOptions { Threads = -1 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Threads")
            );
            Assert.That(
                () =>
                    new AwfSolver(new AwfOptions { InitialObject = new ComplexField(5, 5) }).Solve(
                        Reference.Small.Noisy("clamp")
                    ),
                Throws.ArgumentException.With.Message.Contains("128×128")
            );
        });

    private static AwfSolver Solver(int iterations, int threads) =>
        new(
            new AwfOptions
            {
                Stop = new() { Iterations = iterations },
                Start = StartObject.Unit,
                Threads = threads,
            }
        );
}
