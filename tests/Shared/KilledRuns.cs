using System.Diagnostics;

namespace Ptycho.Tests.Shared;

/// <summary>
/// Starts a run in a child process, kills it (SIGKILL) at random moments and starts it again, until it ends by itself; and
/// the same with new runs until so many kills are done.
/// </summary>
/// <param name="entry">The assembly with the child's entry point.</param>
/// <param name="arguments">Arguments of the child whose files are in a folder.</param>
/// <param name="stamp">Changes when the run in a folder has written another checkpoint.</param>
internal sealed class KilledRuns(Type entry, Func<string, string[]> arguments, Func<string, string> stamp)
{
    private const string Done = "done";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>Milliseconds after a checkpoint within which a child is killed.</summary>
    public int Spread { get; init; } = 40;

    /// <summary>Kills so often; each finished run is handed to the check.</summary>
    /// <param name="kills">How often in all.</param>
    /// <param name="seed">Seed of the moments.</param>
    /// <param name="root">An empty folder.</param>
    /// <param name="check">Looks at the folder of a run that has ended.</param>
    public void Run(int kills, int seed, string root, Action<string> check)
    {
        var random = new Random(seed);
        var killed = 0;
        for (var run = 0; killed < kills; run++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, $"run-{run}")).FullName;
            while (killed < kills && !File.Exists(Path.Combine(folder, Done)))
                if (KillOnce(folder, random))
                    killed++;
            using var last = Start(folder);
            Assert.That(last.WaitForExit(s_patience), "the last run ends");
            Assert.That(last.ExitCode, Is.Zero, "no half-written checkpoint is in the way");
            check(folder);
        }
        TestContext.Out.WriteLine($"{killed} kills");
    }

    /// <summary>What a child does when it has written its result.</summary>
    public static void MarkDone(string folder) => File.WriteAllText(Path.Combine(folder, Done), "");

    /// <summary>
    /// Kills a child a random time after its next checkpoint, or (one in five) at a random moment of its start; false if
    /// it ended before.
    /// </summary>
    private bool KillOnce(string folder, Random random)
    {
        var before = stamp(folder);
        using var child = Start(folder);
        if (random.Next(5) == 0)
            Thread.Sleep(random.Next(600));
        else
            Await(child, () => stamp(folder) != before);
        Thread.Sleep(random.Next(Spread));
        if (child.HasExited)
            return false;
        child.Kill();
        child.WaitForExit();
        return true;
    }

    private static void Await(Process child, Func<bool> condition)
    {
        var end = DateTime.UtcNow + s_patience;
        while (!condition() && !child.HasExited)
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(end), "a checkpoint is written");
            Thread.Sleep(1);
        }
    }

    private Process Start(string folder) =>
        Process.Start(new ProcessStartInfo("dotnet", [entry.Assembly.Location, .. arguments(folder)]))
        ?? throw new InvalidOperationException("dotnet did not start.");
}
