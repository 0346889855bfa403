using Ptycho.Solvers.Reconstruction;
using Ptycho.Tests.Shared;

namespace Ptycho.Solvers.Tests.Fuzzing;

/// <summary>
/// Damaged checkpoints of every solver that writes them, each read by the solver itself, which then goes on from it: it
/// is refused with InvalidDataException that names the file, or the run ends as it should, or finds that its numbers have run
/// away. Long: a hundred thousand of all solvers.
/// </summary>
public class CheckpointFuzzTests
{
    private const int Few = 100;
    private const int Many = 16_700;

    private string _folder = null!;

    private string Path => System.IO.Path.Combine(_folder, "run.0x3.safetensors");

    [SetUp]
    public void MakeFolder()
    {
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        _folder = Directory.CreateDirectory(System.IO.Path.Combine(memory, $"ptycho-fuzz-{Guid.NewGuid():N}")).FullName;
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("mPIE", Few)]
    [TestCase("AWF", Few)]
    [TestCase("ML", Few)]
    [TestCase("annealed", Few)]
    [TestCase("DPS", Few)]
    [TestCase("posterior", Few)]
    [TestCase("mPIE in tensors", Few)]
    [TestCase("AWF in tensors", Few)]
    [TestCase(InterruptedRun.Stack, Few)]
    [TestCase("mPIE", Many, Category = "Long")]
    [TestCase("AWF", Many, Category = "Long")]
    [TestCase("ML", Many, Category = "Long")]
    [TestCase("annealed", Many, Category = "Long")]
    [TestCase("DPS", Many, Category = "Long")]
    [TestCase("posterior", Many, Category = "Long")]
    [TestCase("mPIE in tensors", Many, Category = "Long")]
    [TestCase("AWF in tensors", Many, Category = "Long")]
    [TestCase(InterruptedRun.Stack, Many, Category = "Long")]
    public void ADamagedCheckpointIsRefusedOrRead(string name, int count)
    {
        var runs = Damaged(name);
        runs.Fuzz(count);
        runs.CutOff(Math.Min(count, 2000));
    }

    private DamagedRuns Damaged(string name)
    {
        var goOn = InterruptedRun.Begin(name, Path, InterruptedRun.Tiny());
        return new DamagedRuns(Path, goOn, IsDocumented);
    }

    private bool IsDocumented(Exception e) =>
        e is InvalidDataException ? e.Message.Contains(Path, StringComparison.Ordinal) : e is NumericalFailureException;
}
