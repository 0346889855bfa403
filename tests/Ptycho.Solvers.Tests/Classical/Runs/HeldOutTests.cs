using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Runs;

/// <summary>Frames that are held out, and what they decide.</summary>
[TestFixture("AWF")]
[TestFixture("rPIE")]
[TestFixture("ML")]
public class HeldOutTests(string name)
{
    [Test]
    public void TheyStopTheRunBeforeNoiseIsFitted()
    {
        var truth = BloodSmearPhantom.Create(96, 96, 3);
        var scan = RasterScan.Clamped(96, 96, 32, 32, 8);
        var measurement = DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), scan, 100, 1);
        var rule = new HeldOutRule { Share = 0.12, Patience = 15 };
        var result = Create(400, rule).Solve(measurement);
        var late = Create(400, null).Solve(measurement);
        Assert.Multiple(() =>
        {
            Assert.That(result.StopReason, Is.EqualTo(StopReason.HeldOutRose));
            Assert.That(result.Iterations, Is.EqualTo(result.BestIteration + 15));
            Assert.That(result.HeldOutHistory, Has.Count.EqualTo(result.Iterations));
            Assert.That(result.HeldOut!.Frames, Has.Count.EqualTo(10));
            Assert.That(result.HeldOut.Residual, Is.EqualTo(result.HeldOutHistory.Min()).Within(1e-9));
            Assert.That(
                result.HeldOutHistory[result.BestIteration!.Value - 1],
                Is.EqualTo(result.HeldOutHistory.Min())
            );
            Assert.That(
                ReconstructionMetrics.Nrmse(result.Object, truth),
                Is.LessThan(0.9 * ReconstructionMetrics.Nrmse(late.Object, truth))
            );
        });
    }

    [Test]
    public void TheBestObjectIsThatOfItsIteration()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var rule = new HeldOutRule { Share = 0.1, Patience = 8 };
        var stopped = Create(300, rule).Solve(measurement);
        // A run over as many iterations, whose last object it must be; the patience then ends nothing.
        var exact = Create(stopped.BestIteration!.Value, rule with { Patience = 1000 }).Solve(measurement);
        Assert.That(stopped.Object.Real, Is.EqualTo(exact.Object.Real));
        Assert.That(stopped.Residual, Is.EqualTo(exact.Residual));
    }

    [Test]
    public void TheirValuesChangeNothing()
    {
        // The same object whatever the frames that are held out contain.
        var measurement = Reference.Small.Noisy("clamp");
        var rule = new HeldOutRule { Share = 0.1, Patience = 1000 };
        var result = Create(8, rule).Solve(measurement);
        var data = measurement.Data;
        var values = (float[])data.Values.Clone();
        var size = data.Height * data.Width;
        foreach (var frame in result.HeldOut!.Frames)
            values.AsSpan(frame * size, size).Fill(1);
        var other = new Measurement(
            new DiffractionData(values, data.FrameCount, data.Height, data.Width, data.Unit),
            measurement.Positions,
            measurement.Probe,
            128,
            128
        );
        var second = Create(8, rule).Solve(other);
        Assert.That(second.ResidualHistory, Is.EqualTo(result.ResidualHistory));
        Assert.That(second.HeldOutHistory, Is.Not.EqualTo(result.HeldOutHistory));
    }

    [Test]
    public void AnIterationAllocatesNothing()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var solver = Create(30, new HeldOutRule { Patience = 1000 });
        Assert.That(AllocationRecorder.Least(30, 4, recorder => solver.Solve(measurement, recorder)), Is.Zero);
    }

    [TestCase(0)]
    [TestCase(0.95)]
    public void ABadShareIsNamed(double share) =>
        Assert.That(
            () => new HeldOutRule { Share = share },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Share")
        );

    private IReconstructionSolver Create(int iterations, HeldOutRule? rule)
    {
        var stop = new StopRules { Iterations = iterations, HeldOut = rule };
        return name switch
        {
            "AWF" => new AwfSolver(new AwfOptions { Stop = stop }),
            "ML" => new MaximumLikelihoodSolver(new MaximumLikelihoodOptions { Stop = stop, Smoothness = 0 }),
            _ => new RpieSolver(new RpieOptions { Stop = stop }),
        };
    }
}
