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

/// <summary>What holds for every classical solver.</summary>
[TestFixture("AWF")]
[TestFixture("rPIE")]
[TestFixture("mPIE")]
[TestFixture("ML")]
public class ClassicalSolverTests(string name)
{
    [Test]
    public void NoiselessDataAreSolved([Values("whole", "fractions", "modes", "mask", "odd")] string variant)
    {
        var (measurement, truth) = Simulate(variant);
        var result = Create(200).Solve(measurement);
        var error = ReconstructionMetrics.Nrmse(result.Object, truth);
        TestContext.Out.WriteLine($"{name} {variant}: NRMSE {error:E2}, residual {result.Residual:E2}");
        Assert.That(result.Residual, Is.LessThan(2e-3));
        Assert.That(error, Is.LessThan(0.02));
    }

    [Test]
    public void AKnownProbeIsNotTouched()
    {
        var measurement = Reference.Small.Noisy("pad");
        var before = measurement.Probe.Modes[0].Clone();
        var values = (float[])measurement.Data.Values.Clone();
        var result = Create(3).Solve(measurement);
        Assert.That(result.Probe, Is.SameAs(measurement.Probe));
        Assert.That(result.Probe.Modes[0].Real, Is.EqualTo(before.Real));
        Assert.That(result.Probe.Modes[0].Imaginary, Is.EqualTo(before.Imaginary));
        Assert.That(measurement.Data.Values, Is.EqualTo(values));
    }

    [Test]
    public void AnIterationAllocatesNothing([Values("whole", "fractions", "modes", "mask")] string variant)
    {
        var (measurement, _) = Simulate(variant);
        Assert.That(AllocationRecorder.Least(40, 4, recorder => Create(40).Solve(measurement, recorder)), Is.Zero);
    }

    [Test]
    public void ARefiningIterationAllocatesNothing([Values("whole", "fractions")] string variant)
    {
        var (measurement, _) = Simulate(variant);
        var stop = new StopRules { Iterations = 40 };
        IReconstructionSolver solver = name switch
        {
            "AWF" => new AwfSolver(
                new AwfOptions
                {
                    Stop = stop,
                    Refinement = new(),
                    Correction = new(),
                    Smoothness = 0.001,
                }
            ),
            "ML" => new MaximumLikelihoodSolver(
                new MaximumLikelihoodOptions
                {
                    Stop = stop,
                    Refinement = new(),
                    Correction = new(),
                    Noise = NoiseModel.Poisson,
                }
            ),
            _ => new RpieSolver(
                new RpieOptions
                {
                    Stop = stop,
                    Refinement = new(),
                    Correction = new(),
                    Momentum = name == "mPIE" ? new() { Period = 10 } : null,
                    Gamma = name == "mPIE" ? 0.1 : 1,
                }
            ),
        };
        Assert.That(AllocationRecorder.Least(40, 15, recorder => solver.Solve(measurement, recorder)), Is.Zero);
    }

    [Test]
    public void OneInstanceServesManyThreads()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var solver = Create(5);
        var expected = solver.Solve(measurement).Object.Real;
        var results = new float[4][];
        Parallel.For(0, 4, i => results[i] = solver.Solve(measurement).Object.Real);
        Assert.That(results, Is.All.EqualTo(expected));
    }

    [Test]
    public void ProgressAndResultAgree()
    {
        var recorder = new ProgressRecorder();
        var result = Create(6).Solve(Reference.Small.Noisy("clamp"), recorder);
        Assert.Multiple(() =>
        {
            Assert.That(result.Solver, Is.EqualTo(name));
            Assert.That(result.Iterations, Is.EqualTo(6));
            Assert.That(recorder.Reports.Select(r => r.Iteration), Is.EqualTo(Enumerable.Range(1, 6)).AsCollection);
            Assert.That(recorder.Reports.Select(r => r.Residual), Is.EqualTo(result.ResidualHistory).AsCollection);
            Assert.That(recorder.Reports, Has.All.Property("Total").EqualTo(6));
            Assert.That(result.FrameMisfit, Has.Count.EqualTo(49));
            Assert.That(Math.Sqrt(result.FrameMisfit.Average(m => m * m)), Is.EqualTo(result.Residual).Within(1e-12));
            // The others measure before the last step.
            Assert.That(result.Residual, Is.LessThan(result.ResidualHistory[^1] * (name == "ML" ? 1.001 : 1)));
            Assert.That(result.OperatorEvaluations, name == "ML" ? Is.InRange(15, 40) : Is.EqualTo(13));
            Assert.That(result.NetworkEvaluations, Is.Zero);
        });
    }

    [Test]
    public void TheResidualTargetStops()
    {
        var result = Create(300, target: 0.05).Solve(Reference.Small.Noisy("clamp"));
        Assert.That(result.StopReason, Is.EqualTo(StopReason.ResidualReached));
        Assert.That(result.Iterations, Is.LessThan(300));
    }

    [Test]
    public void CancellationStops()
    {
        using var source = new CancellationTokenSource();
        var progress = new CallbackProgress(report =>
        {
            if (report.Iteration == 3)
                source.Cancel();
        });
        Assert.That(
            () => Create(1000).Solve(Reference.Small.Noisy("clamp"), progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public void OverflowIsReportedWithItsIteration()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var start = ComplexField.Constant(128, 128, 3e30);
        IReconstructionSolver solver = name switch
        {
            "AWF" => new AwfSolver(new AwfOptions { InitialObject = start }),
            "ML" => new MaximumLikelihoodSolver(new MaximumLikelihoodOptions { InitialObject = start }),
            "mPIE" => new RpieSolver(RpieOptions.Mpie with { InitialObject = start }),
            _ => new RpieSolver(new RpieOptions { InitialObject = start }),
        };
        Assert.That(
            () => solver.Solve(measurement),
            Throws.InstanceOf<NumericalFailureException>().With.Property("Iteration").EqualTo(1)
        );
    }

    [Test]
    public void ZeroesInTheMaskAreNotFitted()
    {
        // The same object must come out whatever stands in the excluded pixels and frames.
        var (measurement, _) = Simulate("mask");
        var data = measurement.Data;
        var values = (float[])data.Values.Clone();
        for (var k = 0; k < data.FrameCount; k++)
        for (var i = 0; i < data.Height * data.Width; i++)
            if (data.Mask!.PixelWeights[i] == 0 || data.Mask.FrameWeight(k) == 0)
                values[k * data.Height * data.Width + i] = float.NaN;
        var damaged = new Measurement(
            new DiffractionData(values, data.FrameCount, data.Height, data.Width, data.Unit, mask: data.Mask),
            measurement.Positions,
            measurement.Probe,
            measurement.ObjectHeight,
            measurement.ObjectWidth
        );
        Assert.That(Create(5).Solve(damaged).Object.Real, Is.EqualTo(Create(5).Solve(measurement).Object.Real));
    }

    private IReconstructionSolver Create(int iterations, double target = 0)
    {
        var stop = new StopRules { Iterations = iterations, ResidualTarget = target };
        return name switch
        {
            "AWF" => new AwfSolver(new AwfOptions { Stop = stop }),
            "ML" => new MaximumLikelihoodSolver(new MaximumLikelihoodOptions { Stop = stop, Smoothness = 0 }),
            "mPIE" => new RpieSolver(RpieOptions.Mpie with { Stop = stop }),
            _ => new RpieSolver(new RpieOptions { Stop = stop }),
        };
    }

    private static (Measurement Measurement, ComplexField Truth) Simulate(string variant)
    {
        var random = new Random(1);
        var truth = new ComplexField(50, 44);
        for (var row = 0; row < truth.Height; row++)
        for (var column = 0; column < truth.Width; column++)
            truth[row, column] = Complex.FromPolarCoordinates(
                0.8 + 0.2 * Math.Sin(0.3 * row) * Math.Cos(0.25 * column),
                0.5 * Math.Sin(0.2 * (row + 0.7 * column))
            );
        var size = variant == "odd" ? 17 : 16;
        var first = SyntheticProbes.SoftDisk(size, 16, 10, 2, 0.03).Modes[0];
        var second = SyntheticProbes.SoftDisk(size, 16, 6, 3, -0.05).Modes[0];
        for (var i = 0; i < second.Length; i++)
            second.Imaginary[i] *= (i % 16 - 7.5f) / 8;
        var probe = Probe.FromModes(variant == "modes" ? [first, second] : [first]);
        var scan = RasterScan.Overhanging(50, 44, size, 16, 4);
        if (variant == "fractions")
            scan = new ScanPattern(
                scan.Select(p => new ScanPosition(p.Row + random.NextDouble(), p.Column + random.NextDouble()))
            );
        var measurement = DiffractionSimulator.Simulate(truth, probe, scan, null, 0);
        if (variant != "mask")
            return (measurement, truth);
        var weights = Enumerable.Range(0, size * 16).Select(i => i % 11 == 3 ? 0f : 1f).ToArray();
        var frames = Enumerable
            .Range(0, scan.Count)
            .Select(k =>
                k % 7 == 2 ? 0f
                : k % 5 == 0 ? 0.5f
                : 1f
            )
            .ToArray();
        var mask = new DetectorMask(weights, frames);
        var data = new DiffractionData(
            measurement.Data.Values,
            scan.Count,
            size,
            16,
            DiffractionUnit.Intensity,
            mask: mask
        );
        return (new Measurement(data, scan, probe, 50, 44), truth);
    }

    private sealed class ProgressRecorder : IProgress<ReconstructionProgress>
    {
        public List<ReconstructionProgress> Reports { get; } = [];

        public void Report(ReconstructionProgress value) => Reports.Add(value);
    }

    private sealed class CallbackProgress(Action<ReconstructionProgress> callback) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => callback(value);
    }
}
