using Ptycho.IO.Numpy;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Tests.Posterior;

namespace Ptycho.Solvers.Tests.Checkpoints;

/// <summary>Sampling in a child process that is killed at random moments and started again.</summary>
public class KillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ptycho-kill-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void AKilledRunEndsWithTheSameBits() => KillAndCompare(3, 1);

    [Test]
    [Category("Long")]
    public void FiftyKillsLoseNothing() => KillAndCompare(50, 2);

    private void KillAndCompare(int kills, ulong seed)
    {
        var random = new StableRandom(seed);
        var killed = 0;
        for (var run = 0; killed < kills; run++)
        {
            var checkpoint = Path.Combine(_folder, $"{run}.safetensors");
            var result = Path.Combine(_folder, $"{run}.npz");
            while (killed < kills && !File.Exists(result))
                if (KillOnce(checkpoint, result, random))
                    killed++;
            using var last = ChildProcess.Start(checkpoint, result);
            Assert.That(last.WaitForExit(Patience), "the last run ends");
            Assert.That(last.ExitCode, Is.Zero, "no half-written checkpoint is in the way");
            Compare(result);
        }
    }

    /// <summary>Starts a run and kills it a random time after its next checkpoint; false if it ended before.</summary>
    private static bool KillOnce(string checkpoint, string result, StableRandom random)
    {
        var before = Stamp(checkpoint);
        using var child = ChildProcess.Start(checkpoint, result);
        var end = DateTime.UtcNow + Patience;
        while (Stamp(checkpoint) == before && !child.HasExited)
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(end), "a checkpoint is written");
            Thread.Sleep(1);
        }
        Thread.Sleep(random.Next(40));
        if (child.HasExited)
            return false;
        child.Kill();
        child.WaitForExit();
        return true;
    }

    private static DateTime Stamp(string path) => File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;

    private static void Compare(string result)
    {
        using var small = new Small();
        var whole = new AnnealedSolver(new FlatPrior(0.5), ChildProcess.Options).Solve(small.Measurement).Object;
        var found = NpzFile.Read(result)["object"].ToComplexField();
        Assert.That(found.Real, Is.EqualTo(whole.Real));
        Assert.That(found.Imaginary, Is.EqualTo(whole.Imaginary));
    }
}
