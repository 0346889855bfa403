using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>Probes that are refined over tensors come out as those of the managed solvers.</summary>
[TestFixture("AWF")]
[TestFixture("AWF, smooth")]
[TestFixture("rPIE")]
[TestFixture("mPIE")]
public class TensorRefinementTests(string name)
{
    private const double Tolerance = 1e-4;
    private static readonly ProbeRefinement s_refinement = new() { StartIteration = 2, Beta = 0.7 };

    private bool IsAwf => name.StartsWith("AWF", StringComparison.Ordinal);

    [Test]
    public void ManyGiveWhatEachGives(
        [Values("whole", "fractions", "all")] string variant,
        [Values(60_000, 64_000_000)] long limit
    )
    {
        // One scan and one guess of the probe for all: still each refines its own.
        var stop = new StopRules { Iterations = 8 };
        var measurements = Enumerable.Range(0, 3).Select(i => Guessed(Simulated.Measure(i, variant))).ToArray();
        var results = Tensors(stop, limit).SolveMany(measurements);
        var probes = new List<Probe>();
        for (var i = 0; i < measurements.Length; i++)
        {
            var (actual, expected) = (results[i].Result!, Managed(stop).Solve(measurements[i]));
            Same.Results(actual, expected, Tolerance);
            if (actual.Probe.ModeCount == 1)
                Same.Fields(actual.Probe.Modes[0], expected.Probe.Modes[0], Tolerance);
            else
                Assert.That(Intensity(actual.Probe), Is.EqualTo(Intensity(expected.Probe)).Within(Largest(expected)));
            probes.Add(actual.Probe);
        }

        Assert.That(Intensity(probes[0]), Is.Not.EqualTo(Intensity(probes[1])).Within(Largest(results[0].Result!)));
    }

    [Test]
    public void ObjectsThatEndApartKeepTheirOwnProbe()
    {
        var measurements = Enumerable.Range(0, 5).Select(i => Guessed(Simulated.Measure(i, moved: i))).ToArray();
        var rules = new StopRules
        {
            Iterations = 20,
            HeldOut = new HeldOutRule { Share = 0.2, Seed = 1 },
        };
        var stop = Same.EndingApart(rules, measurements, Managed);
        var expected = measurements.Select(m => Managed(stop).Solve(m)).ToArray();
        Assert.That(expected.Select(r => r.Iterations).Distinct().Count(), Is.GreaterThan(1));
        var found = Tensors(stop).SolveMany(measurements);
        for (var i = 0; i < measurements.Length; i++)
        {
            Same.Results(found[i].Result!, expected[i], Tolerance);
            Same.Fields(found[i].Result!.Probe.Modes[0], expected[i].Probe.Modes[0], Tolerance);
        }
    }

    [Test]
    public void WorkLeavesNoTensorBehind()
    {
        var stop = new StopRules { Iterations = 5, HeldOut = new HeldOutRule() };
        var measurements = Enumerable.Range(0, 2).Select(i => Guessed(Simulated.Measure(i, "all", i))).ToArray();
        Tensors(stop).SolveMany(measurements);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Tensors(stop).SolveMany(measurements);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    // A tenth off in width and a tilt, so that there is something to find.
    private static Measurement Guessed(Measurement measurement)
    {
        var modes = measurement.Probe.Modes.Select(mode =>
        {
            var guess = new Ptycho.IO.ComplexField(mode.Height, mode.Width);
            for (var row = 0; row < mode.Height; row++)
            for (var column = 0; column < mode.Width; column++)
                guess[row, column] =
                    mode[row, column] * (1 + 0.03 * (row - 5)) * new System.Numerics.Complex(1, 0.02 * (column - 4));
            return guess;
        });
        return new Measurement(
            measurement.Data,
            measurement.Positions,
            Probe.FromModes(modes),
            measurement.ObjectHeight,
            measurement.ObjectWidth
        );
    }

    private static double[] Intensity(Probe probe) =>
        [
            .. Enumerable
                .Range(0, probe.Modes[0].Length)
                .Select(i =>
                    probe.Modes.Sum(m => (double)m.Real[i] * m.Real[i] + (double)m.Imaginary[i] * m.Imaginary[i])
                ),
        ];

    private static double Largest(ReconstructionResult result) => 4 * Tolerance * Intensity(result.Probe).Max();

    private TensorSolver Tensors(StopRules stop, long limit = 64_000_000)
    {
        var tensors = new TensorOptions { FrameMemory = limit };
        return IsAwf ? new TensorAwfSolver(Awf(stop), tensors) : new TensorRpieSolver(Rpie(stop), tensors);
    }

    private IReconstructionSolver Managed(StopRules stop) =>
        IsAwf ? new AwfSolver(Awf(stop)) : new RpieSolver(Rpie(stop));

    private AwfOptions Awf(StopRules stop) =>
        new()
        {
            Stop = stop,
            Refinement = s_refinement,
            Smoothness = name.EndsWith("smooth", StringComparison.Ordinal) ? 0.01 : 0,
        };

    private RpieOptions Rpie(StopRules stop) =>
        new()
        {
            Stop = stop,
            Refinement = s_refinement,
            Gamma = name is "mPIE" ? 0.2 : 1,
            Momentum = name is "mPIE" ? new PieMomentum { Period = 7 } : null,
        };
}
