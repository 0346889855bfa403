using Ptycho.IO.Numpy;
using Ptycho.Tests.Shared;

namespace Ptycho.Solvers.Tests.Checkpoints;

/// <summary>Solving and sampling in a child process that is killed at random moments and started again.</summary>
public class KillTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ptycho-kill-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("annealed", 2)]
    [TestCase("annealed, refined", 2)]
    [TestCase("DPS", 2)]
    [TestCase("ML", 2)]
    [TestCase("posterior", 2)]
    [TestCase("mPIE in tensors", 2)]
    [TestCase("AWF in tensors", 2)]
    [TestCase("annealed", 50, Category = "Long")]
    [TestCase("annealed, refined", 50, Category = "Long")]
    [TestCase("DPS", 50, Category = "Long")]
    [TestCase("ML", 50, Category = "Long")]
    [TestCase("mPIE", 50, Category = "Long")]
    [TestCase("posterior", 50, Category = "Long")]
    [TestCase("mPIE in tensors", 50, Category = "Long")]
    [TestCase("AWF in tensors", 50, Category = "Long")]
    public void AKilledRunEndsWithTheSameBits(string solver, int kills)
    {
        var whole = ChildProcess.Solve(solver, null);
        var runs = new KilledRuns(typeof(ChildProcess), folder => ["solve", solver, folder], Stamp);
        runs.Run(
            kills,
            kills,
            _folder,
            folder =>
            {
                var found = NpzFile.Read(Path.Combine(folder, "result.npz"))["object"].ToComplexField();
                Assert.That(found.Real, Is.EqualTo(whole.Real));
                Assert.That(found.Imaginary, Is.EqualTo(whole.Imaginary));
            }
        );
    }

    private static string Stamp(string folder)
    {
        var path = Path.Combine(folder, "run.safetensors");
        return File.Exists(path) ? $"{File.GetLastWriteTimeUtc(path).Ticks}" : "";
    }
}
