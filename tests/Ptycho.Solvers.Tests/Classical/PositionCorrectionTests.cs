using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical;

public class PositionCorrectionTests
{
    private const double Error = 1.5;

    [Test]
    public void WrongPositionsAreFound()
    {
        var (measurement, positions) = Simulate();
        var options = new RpieOptions
        {
            Stop = new() { Iterations = 150 },
            Alpha = 0.5,
        };
        var plain = new RpieSolver(options).Solve(measurement);
        var corrected = new RpieSolver(options with { Correction = new() }).Solve(measurement);
        var (before, after) = (Spread(measurement.Positions, positions), Spread(corrected.Positions!, positions));
        TestContext.Out.WriteLine(
            $"residual {plain.Residual:E2} -> {corrected.Residual:E2}, positions {before:F3} -> {after:F3} px"
        );
        Assert.Multiple(() =>
        {
            Assert.That(plain.Positions, Is.Null);
            Assert.That(after, Is.LessThan(0.1));
            Assert.That(corrected.Residual, Is.LessThan(0.1 * plain.Residual));
        });
    }

    [TestCase("AWF")]
    [TestCase("ML")]
    [TestCase("mPIE")]
    public void TheOtherSolversFindThemToo(string name)
    {
        var (measurement, positions) = Simulate();
        var stop = new StopRules { Iterations = 300 };
        IReconstructionSolver Create(PositionCorrection? correction) =>
            name switch
            {
                "AWF" => new AwfSolver(new AwfOptions { Stop = stop, Correction = correction }),
                "ML" => new MaximumLikelihoodSolver(
                    new MaximumLikelihoodOptions
                    {
                        Stop = stop,
                        Smoothness = 1e-5,
                        Correction = correction,
                    }
                ),
                _ => new RpieSolver(RpieOptions.Mpie with { Stop = stop, Correction = correction }),
            };
        var plain = Create(null).Solve(measurement);
        var corrected = Create(new PositionCorrection()).Solve(measurement);
        var (before, after) = (Spread(measurement.Positions, positions), Spread(corrected.Positions!, positions));
        TestContext.Out.WriteLine(
            $"residual {plain.Residual:E2} -> {corrected.Residual:E2}, positions {before:F3} -> {after:F3} px"
        );
        Assert.That(after, Is.LessThan(0.25 * before));
        Assert.That(corrected.Residual, Is.LessThan(0.5 * plain.Residual));
    }

    [Test]
    public void PositionsKeepTheirMeanAndTheirLimit()
    {
        var (measurement, _) = Simulate();
        var options = new RpieOptions
        {
            Stop = new() { Iterations = 30 },
            Correction = new() { StartIteration = 2, LargestShift = 0.5 },
        };
        var result = new RpieSolver(options).Solve(measurement);
        var rows = result.Positions!.Zip(measurement.Positions, (a, b) => a.Row - b.Row).ToArray();
        Assert.That(rows, Is.All.InRange(-0.5, 0.5));
        Assert.That(rows.Max(Math.Abs), Is.GreaterThan(0.2));
        Assert.That(rows.Average(), Is.EqualTo(0).Within(0.1));
    }

    [Test]
    public void BadOptionsAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new PositionCorrection { Relaxation = 3 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Relaxation")
            );
            Assert.That(
                () => new PositionCorrection { LargestShift = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("LargestShift")
            );
        });

    // The common shift and the shift that a probe could take are free; here the probe is known.
    private static double Spread(ScanPattern found, ScanPattern truth)
    {
        var rows = found.Zip(truth, (a, b) => a.Row - b.Row).ToArray();
        var columns = found.Zip(truth, (a, b) => a.Column - b.Column).ToArray();
        var (r, c) = (rows.Average(), columns.Average());
        return Math.Sqrt(rows.Average(x => (x - r) * (x - r)) + columns.Average(x => (x - c) * (x - c)));
    }

    private static (Measurement Measurement, ScanPattern Positions) Simulate()
    {
        var truth = new ComplexField(64, 64);
        for (var row = 0; row < 64; row++)
        for (var column = 0; column < 64; column++)
            truth[row, column] = Complex.FromPolarCoordinates(
                0.7 + 0.3 * Math.Sin(0.5 * row + 0.1 * column) * Math.Cos(0.4 * column),
                0.6 * Math.Sin(0.4 * row + 0.3 * column) * Math.Cos(0.15 * row - 0.2 * column)
            );
        var probe = SyntheticProbes.SoftDisk(24, 24, 14, 2, 0.03);
        var positions = RasterScan.Clamped(60, 60, 24, 24, 4).Shifted(2, 2).Jittered(Error, 5);
        var exact = DiffractionSimulator.Simulate(truth, probe, positions, null, 0);
        return (new Measurement(exact.Data, positions.Jittered(Error, 6), probe, 64, 64), positions);
    }
}
