using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical;

[TestFixture("AWF")]
[TestFixture("rPIE")]
[TestFixture("mPIE")]
[TestFixture("ML")]
public class ProbeRefinementTests(string name)
{
    private static readonly Probe True = SyntheticProbes.SoftDisk(16, 16, 9, 2, 0.04);
    private static readonly Probe Guess = SyntheticProbes.SoftDisk(16, 16, 10, 2, 0.03);

    [Test]
    public void AWrongProbeIsPutRight([Values] bool fractions)
    {
        var measurement = Simulate(fractions);
        var result = Create(300, new ProbeRefinement()).Solve(measurement);
        var before = ReconstructionMetrics.NrmseScaled(Guess.Modes[0], True.Modes[0]);
        var after = ReconstructionMetrics.NrmseScaled(result.Probe.Modes[0], True.Modes[0]);
        TestContext.Out.WriteLine($"{name}: residual {result.Residual:E2}, probe {before:F3} -> {after:F3}");
        Assert.That(result.Residual, Is.LessThan(0.01));
        Assert.That(after, Is.LessThan(0.3 * before));
    }

    [Test]
    public void TheMeasurementsProbeIsNotTouched([Values] bool fractions)
    {
        var measurement = Simulate(fractions);
        var result = Create(5, new ProbeRefinement { StartIteration = 0 }).Solve(measurement);
        Assert.That(result.Probe, Is.Not.SameAs(measurement.Probe));
        Assert.That(measurement.Probe.Modes[0].Real, Is.EqualTo(Guess.Modes[0].Real));
        Assert.That(measurement.Probe.Modes[0].Imaginary, Is.EqualTo(Guess.Modes[0].Imaginary));
    }

    [Test]
    public void ResultAndProbeBelongTogether([Values] bool fractions)
    {
        // Simulating the returned object with the returned probe must give the returned misfit.
        var measurement = Simulate(fractions);
        var result = Create(20, new ProbeRefinement { StartIteration = 1 }).Solve(measurement);
        var model = DiffractionSimulator.Intensities(result.Object, result.Probe, measurement.Positions);
        var data = measurement.Data.ToAmplitudes();
        var misfit = model.Zip(data, (i, a) => Math.Pow(Math.Sqrt(i) - a, 2)).Sum();
        var residual = Math.Sqrt(misfit / data.Sum(a => (double)a * a));
        Assert.That(result.Residual, Is.EqualTo(residual).Within(1e-5 + 1e-3 * residual));
    }

    [Test]
    public void BitsAreReproducible()
    {
        var measurement = Simulate(true);
        var first = Create(5, new ProbeRefinement { StartIteration = 1 }).Solve(measurement);
        var second = Create(5, new ProbeRefinement { StartIteration = 1 }).Solve(measurement);
        Assert.That(second.Probe.Modes[0].Real, Is.EqualTo(first.Probe.Modes[0].Real));
        Assert.That(second.Object.Real, Is.EqualTo(first.Object.Real));
    }

    [Test]
    public void ByDefaultTheProbeWaitsUntilTheSolverCanTellItFromTheObject()
    {
        var measurement = Simulate(false);
        var start = string.Equals(name, "ML", StringComparison.Ordinal) ? 10 : 1;
        var early = Create(start, new ProbeRefinement()).Solve(measurement);
        var later = Create(start + 2, new ProbeRefinement()).Solve(measurement);
        var named = Create(start + 2, new ProbeRefinement { StartIteration = start }).Solve(measurement);
        Assert.That(Change(early), Is.LessThan(1e-6), "nothing but the object has moved");
        Assert.That(Change(later), Is.GreaterThan(1e-4));
        Assert.That(later.Probe.Modes[0].Real, Is.EqualTo(named.Probe.Modes[0].Real));

        static double Change(ReconstructionResult result) =>
            ReconstructionMetrics.NrmseScaled(result.Probe.Modes[0], Guess.Modes[0]);
    }

    [Test]
    public void BadOptionsAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new ProbeRefinement { Beta = 2 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Beta")
            );
            Assert.That(
                () => new ProbeRefinement { StartIteration = -1 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("StartIteration")
            );
        });

    private IReconstructionSolver Create(int iterations, ProbeRefinement refinement)
    {
        var stop = new StopRules { Iterations = iterations };
        return name switch
        {
            "AWF" => new AwfSolver(new AwfOptions { Stop = stop, Refinement = refinement }),
            "ML" => new MaximumLikelihoodSolver(
                new MaximumLikelihoodOptions
                {
                    Stop = stop,
                    Refinement = refinement,
                    Smoothness = 0,
                }
            ),
            "mPIE" => new RpieSolver(
                RpieOptions.Mpie with
                {
                    Stop = stop,
                    Refinement = refinement with { Gamma = 0.5 },
                }
            ),
            _ => new RpieSolver(
                new RpieOptions
                {
                    Stop = stop,
                    Refinement = refinement,
                    Alpha = 0.5,
                }
            ),
        };
    }

    private static Measurement Simulate(bool fractions)
    {
        var random = new Random(2);
        var truth = new ComplexField(48, 48);
        for (var row = 0; row < 48; row++)
        for (var column = 0; column < 48; column++)
            truth[row, column] = Complex.FromPolarCoordinates(
                0.7 + 0.3 * Math.Sin(0.5 * row) * Math.Cos(0.4 * column),
                0.6 * Math.Sin(0.4 * row + 0.3 * column) * Math.Cos(0.1 * row)
            );
        var jitter = fractions ? 1 : 0;
        var scan = new ScanPattern(
            RasterScan
                .Clamped(47, 47, 16, 16, 3)
                .Select(p => new ScanPosition(
                    p.Row + jitter * random.NextDouble(),
                    p.Column + jitter * random.NextDouble()
                ))
        );
        var exact = DiffractionSimulator.Simulate(truth, True, scan, null, 0);
        return new Measurement(exact.Data, scan, Guess, 48, 48);
    }
}
