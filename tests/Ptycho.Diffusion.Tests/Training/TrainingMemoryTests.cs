using Ptycho.Diffusion.Training;
using Ptycho.Tests.Shared;

namespace Ptycho.Diffusion.Tests.Training;

/// <summary>
/// Memory over many steps with validation and checkpoints: 80 in every run of the tests, 10,000 among the long ones.
/// </summary>
public sealed class TrainingMemoryTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ptycho-memory-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase(80)]
    [TestCase(10_000, Category = "Long")]
    public void Training_keeps_memory_flat(int steps)
    {
        using var network = TinyTraining.Network();
        var options = TinyTraining.Options(folder, steps) with
        {
            Accumulation = 1,
            ReportEvery = steps / 10,
            ValidateEvery = steps / 20,
            CheckpointEvery = steps / 20,
        };
        var seen = new List<MemoryUse>();
        TinyTraining.Trainer(network, options).Run(new Recorder(seen));
        Assert.That(seen, Has.Count.EqualTo(10));
        seen[^1].AssertFlatSince(seen[1], steady: steps >= 10_000);
    }

    // Called on the training thread between two steps.
    private sealed class Recorder(List<MemoryUse> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(MemoryUse.Now());
    }
}
