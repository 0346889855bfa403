using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical;

public class MaximumLikelihoodSolverTests
{
    // 20 and 38 % overlap of the window.
    [TestCase(26, 0.75)]
    [TestCase(20, 0.55)]
    public void LowOverlapIsBetterThanWithTheOthers(int step, double ratio)
    {
        var (measurement, truth) = Phantom(step, 1e5);
        var others = new[]
        {
            new AwfSolver().Solve(measurement),
            new RpieSolver().Solve(measurement),
            new AwfSolver(new AwfOptions { Smoothness = 0.001 }).Solve(measurement),
        };
        var found = new MaximumLikelihoodSolver().Solve(measurement);
        var errors = others.Select(r => ReconstructionMetrics.Nrmse(r.Object, truth)).ToArray();
        var error = ReconstructionMetrics.Nrmse(found.Object, truth);
        TestContext.Out.WriteLine($"AWF {errors[0]:F4}, rPIE {errors[1]:F4}, smooth AWF {errors[2]:F4}, ML {error:F4}");
        Assert.That(error, Is.LessThan(ratio * errors.Take(2).Min()));
        Assert.That(error, Is.LessThan(errors[2]));
    }

    [Test]
    public void PoissonIsBetterWhereCountsAreFew()
    {
        var (measurement, truth) = Phantom(8, 60);
        var options = new MaximumLikelihoodOptions { Stop = new() { Iterations = 100 } };
        var amplitude = new MaximumLikelihoodSolver(options).Solve(measurement);
        var poisson = new MaximumLikelihoodSolver(options with { Noise = NoiseModel.Poisson }).Solve(measurement);
        var (a, p) = (
            ReconstructionMetrics.NrmseScaled(amplitude.Object, truth),
            ReconstructionMetrics.NrmseScaled(poisson.Object, truth)
        );
        TestContext.Out.WriteLine($"amplitude {a:F4}, Poisson {p:F4}");
        Assert.That(p, Is.LessThan(0.9 * a));
    }

    [Test]
    public void BitsDoNotDependOnThreads([Values] NoiseModel noise)
    {
        var measurement = Reference.Small.Noisy("pad");
        var options = new MaximumLikelihoodOptions
        {
            Stop = new() { Iterations = 10 },
            Noise = noise,
            Refinement = new(),
            Threads = 1,
        };
        var one = new MaximumLikelihoodSolver(options).Solve(measurement);
        var four = new MaximumLikelihoodSolver(options with { Threads = 4 }).Solve(measurement);
        Assert.That(four.Object.Real, Is.EqualTo(one.Object.Real));
        Assert.That(four.Probe.Modes[0].Real, Is.EqualTo(one.Probe.Modes[0].Real));
        Assert.That(four.ResidualHistory, Is.EqualTo(one.ResidualHistory));
    }

    [Test]
    public void WithoutPenaltyTheResidualNeverRises()
    {
        var options = new MaximumLikelihoodOptions
        {
            Stop = new() { Iterations = 60 },
            Smoothness = 0,
        };
        var history = new MaximumLikelihoodSolver(options).Solve(Reference.Small.Noisy("clamp")).ResidualHistory;
        for (var i = 1; i < history.Count; i++)
            Assert.That(history[i], Is.LessThanOrEqualTo(history[i - 1] * (1 + 1e-6)));
    }

    [Test]
    public void PairsOfTheMemoryHelp()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var options = new MaximumLikelihoodOptions
        {
            Stop = new() { Iterations = 40 },
            Smoothness = 0,
        };
        var descent = new MaximumLikelihoodSolver(options with { Memory = 0 }).Solve(measurement);
        var lbfgs = new MaximumLikelihoodSolver(options).Solve(measurement);
        Assert.That(lbfgs.Residual, Is.LessThan(0.7 * descent.Residual));
    }

    [Test]
    public void BadOptionsAreNamed() =>
        Assert.Multiple(() =>
        {
            Refused(() => new MaximumLikelihoodOptions { Smoothness = -1 }, "Smoothness");
            Refused(() => new MaximumLikelihoodOptions { Edge = 0 }, "Edge");
            Refused(() => new MaximumLikelihoodOptions { Memory = -1 }, "Memory");
            Refused(() => new MaximumLikelihoodOptions { Threads = -1 }, "Threads");
        });

    private static void Refused(Action action, string name) =>
        Assert.That(action, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(name));

    private static (Measurement Measurement, ComplexField Truth) Phantom(int step, double peakCounts)
    {
        var truth = BloodSmearPhantom.Create(128, 128, 3);
        var scan = RasterScan.Clamped(128, 128, 32, 32, step);
        return (DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), scan, peakCounts, 1), truth);
    }
}
