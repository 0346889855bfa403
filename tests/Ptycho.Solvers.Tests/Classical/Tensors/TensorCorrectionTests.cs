using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>Positions that are corrected over tensors come out as those of the managed solvers.</summary>
[TestFixture("AWF")]
[TestFixture("rPIE")]
public class TensorCorrectionTests(string name)
{
    private const double Tolerance = 1e-4;
    private const double PositionTolerance = 1e-3;
    private static readonly PositionCorrection s_correction = new() { StartIteration = 1, LargestShift = 1.5 };

    private bool IsAwf => string.Equals(name, "AWF", StringComparison.Ordinal);

    [Test]
    public void ManyGiveWhatEachGives(
        [Values("whole", "fractions", "all")] string variant,
        [Values] bool refine,
        [Values(60_000, 64_000_000)] long limit
    )
    {
        var stop = new StopRules { Iterations = 8 };
        var measurements = Enumerable.Range(0, 3).Select(i => Misplaced(Simulated.Measure(i, variant), i)).ToArray();
        var found = Tensors(stop, refine, limit).SolveMany(measurements);
        for (var i = 0; i < measurements.Length; i++)
            AssertSame(found[i].Result!, Managed(stop, refine).Solve(measurements[i]), measurements[i]);
    }

    [Test]
    public void ObjectsThatEndApartKeepTheirOwnPositions()
    {
        var measurements = Enumerable
            .Range(0, 5)
            .Select(i => Misplaced(Simulated.Measure(i, moved: i), i, 0.2))
            .ToArray();
        var rules = new StopRules
        {
            Iterations = 20,
            HeldOut = new HeldOutRule { Share = 0.2, Seed = 1 },
        };
        var stop = Same.EndingApart(rules, measurements, rules => Managed(rules, refine: false));
        var expected = measurements.Select(m => Managed(stop, refine: false).Solve(m)).ToArray();
        Assert.That(expected.Select(r => r.Iterations).Distinct().Count(), Is.GreaterThan(1));
        var found = Tensors(stop, refine: false).SolveMany(measurements);
        for (var i = 0; i < measurements.Length; i++)
            AssertSame(found[i].Result!, expected[i], measurements[i]);
    }

    // Up to so many pixels off.
    private static Measurement Misplaced(Measurement measurement, int seed, double size = 1)
    {
        var random = new Random(seed);
        double Off() => size * Math.Round(2 * random.NextDouble() - 1);
        return new Measurement(
            measurement.Data,
            new ScanPattern(measurement.Positions.Select(p => new ScanPosition(p.Row + Off(), p.Column + Off()))),
            measurement.Probe,
            measurement.ObjectHeight,
            measurement.ObjectWidth
        );
    }

    private static void AssertSame(ReconstructionResult actual, ReconstructionResult expected, Measurement measurement)
    {
        Same.Results(actual, expected, Tolerance);
        var (found, wanted) = (actual.Positions!, expected.Positions!);
        Assert.That(found.Select(p => p.Row), Is.EqualTo(wanted.Select(p => p.Row)).Within(PositionTolerance));
        Assert.That(found.Select(p => p.Column), Is.EqualTo(wanted.Select(p => p.Column)).Within(PositionTolerance));
        var moved = wanted.Zip(
            measurement.Positions,
            (a, b) => Math.Abs(a.Row - b.Row) + Math.Abs(a.Column - b.Column)
        );
        Assert.That(moved.Max(), Is.GreaterThan(0.01));
    }

    private TensorSolver Tensors(StopRules stop, bool refine, long limit = 64_000_000)
    {
        var tensors = new TensorOptions { FrameMemory = limit };
        return IsAwf
            ? new TensorAwfSolver(Awf(stop, refine), tensors)
            : new TensorRpieSolver(Rpie(stop, refine), tensors);
    }

    private IReconstructionSolver Managed(StopRules stop, bool refine) =>
        IsAwf ? new AwfSolver(Awf(stop, refine)) : new RpieSolver(Rpie(stop, refine));

    private static AwfOptions Awf(StopRules stop, bool refine) =>
        new()
        {
            Stop = stop,
            Correction = s_correction,
            Refinement = refine ? new ProbeRefinement { StartIteration = 2 } : null,
        };

    private static RpieOptions Rpie(StopRules stop, bool refine) =>
        new()
        {
            Stop = stop,
            Correction = s_correction,
            Refinement = refine ? new ProbeRefinement { StartIteration = 2 } : null,
        };
}
