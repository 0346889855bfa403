using System.Diagnostics;

namespace Ptycho.Mutation;

/// <summary>
/// Every mutant in a process that goes on to the next one; then those that survived or crashed it once more, each in a fresh
/// process, where what is made once (statics, cached tables) is made with the mutant, and nothing is left of others.
/// </summary>
/// <param name="start">The tests for every mutant.</param>
/// <param name="more">Slow ones for those that are left; the same where there are none.</param>
internal sealed class Campaign(WorkerStart start, WorkerStart more)
{
    private static readonly TimeSpan Startup = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(2);

    private TimeSpan limit;

    public void Run(IReadOnlyList<Mutant> mutants)
    {
        RunTogether(mutants);
        var open = mutants.Where(mutant => mutant.Fate is not (Fate.Killed or Fate.TimedOut)).ToList();
        Console.Error.WriteLine($"{open.Count} of {mutants.Count} once more, each in a fresh process");
        var patience = limit + (more == start ? TimeSpan.FromSeconds(20) : Slow);
        foreach (var mutant in open)
        {
            using var worker = new WorkerProcess(more, fresh: true);
            Decide(mutant, worker.Ask(mutant.Id, patience));
        }
    }

    private void RunTogether(IReadOnlyList<Mutant> mutants)
    {
        WorkerProcess? worker = null;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < mutants.Count; i++)
        {
            worker ??= Warm();
            if (!Decide(mutants[i], worker.Ask(mutants[i].Id, limit)))
            {
                worker.Dispose();
                worker = null;
            }
            if (i % 50 == 49)
                Console.Error.WriteLine($"{i + 1} of {mutants.Count} mutants in {clock.Elapsed.TotalSeconds:f0} s");
            if (mutants[i].Fate is Fate.TimedOut or Fate.Crashed or Fate.Waiting)
                Console.Error.WriteLine($"  {mutants[i].File}:{mutants[i].Line} {mutants[i].Id}: {mutants[i].Fate}");
        }
        worker?.Dispose();
    }

    private WorkerProcess Warm()
    {
        var worker = new WorkerProcess(start, fresh: false);
        var first = worker.Answer(Startup);
        if (first != "warm")
            throw new InvalidOperationException(
                $"The tests do not pass without a mutant: {first ?? "the process ended"}."
            );
        var before = worker.Used;
        worker.Answer(Startup);
        limit = TimeSpan.FromSeconds(4) + 4 * (worker.Used - before);
        Console.Error.WriteLine($"the limit is {limit.TotalSeconds:f0} s of the processor");
        return worker;
    }

    /// <summary>Whether the process can go on.</summary>
    private static bool Decide(Mutant mutant, string? answer)
    {
        mutant.Killer = answer?.StartsWith("killed ", StringComparison.Ordinal) == true ? answer[7..] : null;
        mutant.Fate = answer switch
        {
            null => Fate.Crashed,
            "late" => Fate.TimedOut,
            "survived" => Fate.Survived,
            "spoiled" => Fate.Waiting,
            _ => Fate.Killed,
        };
        return mutant.Fate is Fate.Killed or Fate.Survived;
    }
}
