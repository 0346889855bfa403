using Ptycho.IO;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Tests.Shared;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Reliability;

/// <summary>Same seed, same bits: twice, beside another solve, and with one instance shared by two threads.</summary>
public class ThreadTests
{
    private static IEnumerable<string> Solvers => SolverCase.Names;

    [TestCaseSource(nameof(Solvers))]
    public void TheSameSeedGivesTheSameBits(string name)
    {
        using var small = new Small();
        using var first = SolverCase.Create(name);
        using var second = SolverCase.Create(name);
        var expected = first.Solve(small.Measurement);
        AssertSame(first.Solve(small.Measurement), expected, "the same instance again");
        AssertSame(second.Solve(small.Measurement), expected, "another instance");
    }

    [TestCaseSource(nameof(Solvers))]
    public void TwoSolversSideBySideFindWhatEachFindsAlone(string name)
    {
        using var small = new Small();
        using var other = new Small(peakCounts: 1e4);
        using var first = SolverCase.Create(name);
        using var second = SolverCase.Create(name);
        var expected = first.Solve(small.Measurement);
        var otherwise = first.Solve(other.Measurement);
        var (a, b) = Together(() => first.Solve(small.Measurement), () => second.Solve(other.Measurement));
        AssertSame(a, expected, "the first");
        AssertSame(b, otherwise, "the second");
    }

    [TestCaseSource(nameof(Solvers))]
    public void OneInstanceServesTwoThreads(string name)
    {
        using var small = new Small();
        using var other = new Small(peakCounts: 1e4);
        using var solver = SolverCase.Create(name);
        var expected = solver.Solve(small.Measurement);
        var otherwise = solver.Solve(other.Measurement);
        var (a, b) = Together(() => solver.Solve(small.Measurement), () => solver.Solve(other.Measurement));
        AssertSame(a, expected, "the first");
        AssertSame(b, otherwise, "the second");
    }

    [TestCaseSource(nameof(Solvers))]
    public void TheCollectorAtWorkChangesNothing(string name)
    {
        using var small = new Small();
        using var solver = SolverCase.Create(name);
        var expected = solver.Solve(small.Measurement);
        using var collector = new BusyCollector();
        collector.Beside(() => AssertSame(solver.Solve(small.Measurement), expected, "with collections all the time"));
    }

    private static (ComplexField First, ComplexField Second) Together(
        Func<ComplexField> first,
        Func<ComplexField> second
    )
    {
        using var ready = new Barrier(2);
        var threads = get_num_threads();
        var tasks = new[] { first, second }
            .Select(solve =>
                Task.Factory.StartNew(
                    () =>
                    {
                        ready.SignalAndWait();
                        Assert.That(
                            get_num_threads(),
                            Is.EqualTo(threads),
                            "a new thread computes as the main one does"
                        );
                        return solve();
                    },
                    TaskCreationOptions.LongRunning
                )
            )
            .ToArray();
        return (tasks[0].GetAwaiter().GetResult(), tasks[1].GetAwaiter().GetResult());
    }

    private static void AssertSame(ComplexField found, ComplexField expected, string what)
    {
        Assert.That(found.Real, Is.EqualTo(expected.Real), what);
        Assert.That(found.Imaginary, Is.EqualTo(expected.Imaginary), what);
        Assert.That(Array.TrueForAll(found.Real, float.IsFinite));
    }
}
