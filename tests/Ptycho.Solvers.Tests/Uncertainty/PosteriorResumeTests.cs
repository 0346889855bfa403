using Ptycho.IO;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;

namespace Ptycho.Solvers.Tests.Uncertainty;

/// <summary>A cancelled run over many chains goes on from its checkpoint to the same bits.</summary>
public class PosteriorResumeTests
{
    private static readonly PosteriorOptions Quick = SmallOptions.Posterior;

    private string _folder = null!;

    private string Path => System.IO.Path.Combine(_folder, "run.safetensors");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ptycho-posterior-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(1, 1, 20)]
    [TestCase(4, 3, 20)]
    [TestCase(5, 100, 20, Description = "between the batches")]
    [TestCase(6, 1, 20)]
    [TestCase(8, 4, 0, Description = "cold")]
    public void ACancelledRunEndsWithTheSameBits(int after, int every, int warm)
    {
        using var small = new Small();
        var options = Quick with { WarmStartIterations = warm };
        var whole = new PosteriorSampler(new FlatPrior(0.5), options).Run(small.Measurement);
        Cancel(options, small, after, every);
        var again = new Levelled(-1);
        var resumed = Sampler(options, every).Run(small.Measurement, progress: again);
        Assert.That(again.Count, Is.EqualTo(2 * Quick.Levels - after), "nothing is done twice");
        AssertSame(resumed, whole);
    }

    [Test]
    public void AFinishedRunGivesItsSamplesAtOnce()
    {
        using var small = new Small();
        var first = Sampler(Quick).Run(small.Measurement);
        var again = new Levelled(-1);
        var second = Sampler(Quick).Run(small.Measurement, progress: again);
        Assert.That(again.Count, Is.Zero);
        AssertSame(second, first);
    }

    [Test]
    public void OtherOptionsPriorAndMeasurementAreRefusedByName()
    {
        using var small = new Small();
        using var other = new Small(peakCounts: 1e4);
        Cancel(Quick, small, 7);
        var bytes = File.ReadAllBytes(Path);
        Refused(() => Sampler(Quick with { StepTime = 0.2 }).Run(small.Measurement), "StepTime");
        Refused(() => Sampler(Quick).Run(other.Measurement), "measurement");
        var prior = new PosteriorSampler(new FlatPrior(0.6), Quick) { Checkpoint = Options(1) };
        Refused(() => prior.Run(small.Measurement), "prior");
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(bytes), "a refused file is left alone");
        File.WriteAllBytes(Path, bytes[..^100]);
        Refused(() => Sampler(Quick).Run(small.Measurement), "run.safetensors");
    }

    [Test]
    public void AFolderThatIsNotThereIsAnErrorBeforeTheFirstLevel()
    {
        using var small = new Small();
        var file = new CheckpointOptions { Path = System.IO.Path.Combine(_folder, "no", "run.safetensors") };
        var progress = new Levelled(-1);
        Assert.That(
            () =>
                new PosteriorSampler(new FlatPrior(0.5), Quick) { Checkpoint = file }.Run(
                    small.Measurement,
                    progress: progress
                ),
            Throws.InstanceOf<IOException>()
        );
        Assert.That(progress.Count, Is.Zero);
    }

    private static void AssertSame(PosteriorSummary found, PosteriorSummary expected)
    {
        AssertSame(found.Mean, expected.Mean);
        AssertSame(found.Best, expected.Best);
        Assert.That(found.Deviation, Is.EqualTo(expected.Deviation));
        Assert.That(found.Energies, Is.EqualTo(expected.Energies));
    }

    private static void AssertSame(ComplexField found, ComplexField expected)
    {
        Assert.That(found.Real, Is.EqualTo(expected.Real));
        Assert.That(found.Imaginary, Is.EqualTo(expected.Imaginary));
    }

    private static void Refused(Action action, string name) =>
        Assert.That(action, Throws.InstanceOf<InvalidDataException>().With.Message.Contains(name));

    private void Cancel(PosteriorOptions options, Small small, int after, int every = 1)
    {
        var progress = new Levelled(after);
        Assert.That(
            () => Sampler(options, every).Run(small.Measurement, null, progress, progress.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private CheckpointOptions Options(int every) => new() { Path = Path, Every = every };

    private PosteriorSampler Sampler(PosteriorOptions options, int every = 1) =>
        new(new FlatPrior(0.5), options) { Checkpoint = Options(every) };

    /// <summary>Counts levels, and cancels after one.</summary>
    private sealed class Levelled(int after) : IProgress<PosteriorProgress>
    {
        private readonly CancellationTokenSource _source = new();

        public int Count { get; private set; }

        public CancellationToken Token => _source.Token;

        public void Report(PosteriorProgress value)
        {
            if (++Count == after)
                _source.Cancel();
        }
    }
}
