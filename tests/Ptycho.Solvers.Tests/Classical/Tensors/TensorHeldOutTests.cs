using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>Held-out frames over tensors: each object of a batch ends as it does in the managed solver.</summary>
[TestFixture("AWF")]
[TestFixture("rPIE")]
public class TensorHeldOutTests(string name)
{
    private static readonly StopRules s_stop = new()
    {
        Iterations = 40,
        HeldOut = new HeldOutRule
        {
            Share = 0.2,
            Patience = 2,
            Seed = 3,
        },
    };

    private bool IsAwf => string.Equals(name, "AWF", StringComparison.Ordinal);

    [Test]
    public void EachEndsWithWhatPredictsItsOwnFramesBest([Values("whole", "all")] string variant)
    {
        var measurements = Enumerable.Range(0, 5).Select(i => Simulated.Measure(i, variant, i)).ToArray();
        var stop = Same.EndingApart(s_stop, measurements, Managed);
        var expected = measurements.Select(m => Managed(stop).Solve(m)).ToArray();
        var found = Tensors(stop).SolveMany(measurements);
        Assert.That(expected.Select(r => r.Iterations).Distinct().Count(), Is.GreaterThan(1), "they end apart");
        for (var i = 0; i < measurements.Length; i++)
            Same.Results(found[i].Result!, expected[i]);
    }

    [Test]
    public void FramesThatDifferInWeightAreHeldOutByEachMeasurementsOwnDraw()
    {
        var first = Simulated.Measure(1);
        var second = WithoutFrame(Simulated.Measure(2), 4);
        var expected = new[] { first, second }.Select(m => Managed(s_stop).Solve(m)).ToArray();
        Assert.That(expected[0].HeldOut!.Frames, Is.Not.EqualTo(expected[1].HeldOut!.Frames), "not one stack");
        var found = Tensors(s_stop).SolveMany([first, second]);
        for (var i = 0; i < 2; i++)
            Same.Results(found[i].Result!, expected[i]);
    }

    [Test]
    public void TheOtherRulesJudgeTheFramesUsed()
    {
        var stop = s_stop with
        {
            HeldOut = s_stop.HeldOut! with { Patience = 100 },
            StagnationTolerance = 0.25,
            StagnationWindow = 4,
        };
        var measurements = Enumerable.Range(0, 3).Select(i => Simulated.Measure(i)).ToArray();
        var found = Tensors(stop).SolveMany(measurements);
        for (var i = 0; i < measurements.Length; i++)
        {
            Assert.That(found[i].Result!.StopReason, Is.EqualTo(StopReason.Stagnated));
            Same.Results(found[i].Result!, Managed(stop).Solve(measurements[i]));
        }
    }

    [Test]
    public void AMeasurementWithoutAFrameToSpareIsNamed()
    {
        var measurement = Simulated.Measure(2);
        for (var frame = 1; frame < measurement.Data.FrameCount; frame++)
            measurement = WithoutFrame(measurement, frame);
        Assert.That(
            () => Tensors(s_stop).SolveMany([Simulated.Measure(1), measurement]),
            Throws.ArgumentException.With.Message.Contains("Measurement 1").And.Message.Contains("none can be spared")
        );
    }

    private static Measurement WithoutFrame(Measurement measurement, int frame)
    {
        var data = measurement.Data;
        var weights = Enumerable.Range(0, data.FrameCount).Select(k => data.Mask?.FrameWeight(k) ?? 1).ToArray();
        weights[frame] = 0;
        var mask = new DetectorMask(Enumerable.Repeat(1f, data.Height * data.Width).ToArray(), weights);
        return Simulated.With(measurement, mask);
    }

    private TensorSolver Tensors(StopRules stop) =>
        IsAwf
            ? new TensorAwfSolver(new AwfOptions { Stop = stop })
            : new TensorRpieSolver(new RpieOptions { Stop = stop });

    private IReconstructionSolver Managed(StopRules stop) =>
        IsAwf ? new AwfSolver(new AwfOptions { Stop = stop }) : new RpieSolver(new RpieOptions { Stop = stop });
}
