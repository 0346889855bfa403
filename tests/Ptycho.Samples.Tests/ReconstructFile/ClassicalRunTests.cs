using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Tests.ReconstructFile;

public sealed class ClassicalRunTests
{
    private const int Every = 4;

    [Test]
    public void ARunThatWasStoppedGoesOnToTheSameBits([Values] bool refine, [Values] bool correct)
    {
        using var folder = new TemporaryFolder();
        var measurement = Make.Measurement();
        var plan = new ClassicalPlan(SolverKind.Rpie, 14, refine, correct, Seed: 5);
        var whole = Solve(plan, folder.File("whole.npz"), stopAt: null);

        var path = folder.File("stopped.npz");
        var stopped = Assert.Throws<StoppedException>(() => Solve(plan, path, stopAt: 10))!;
        Assert.That(stopped.Message, Does.Contain("8 of 14").And.Contain(path));
        var first = 0;
        var resumed = Solve(plan, path, stopAt: null, value => first = first == 0 ? value : first);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(9));
            Assert.That(resumed.Object.Real, Is.EqualTo(whole.Object.Real));
            Assert.That(resumed.Object.Imaginary, Is.EqualTo(whole.Object.Imaginary));
            Assert.That(resumed.Probe.Modes[0].Real, Is.EqualTo(whole.Probe.Modes[0].Real));
            Assert.That(resumed.Positions, Is.EqualTo(whole.Positions));
            Assert.That(resumed.ResidualHistory, Is.EqualTo(whole.ResidualHistory).And.Count.EqualTo(14));
            Assert.That(resumed.Iterations, Is.EqualTo(14));
        }

        ReconstructionResult Solve(ClassicalPlan wanted, string file, int? stopAt, Action<int>? seen = null)
        {
            using var source = new CancellationTokenSource();
            var progress = new Watch(value =>
            {
                seen?.Invoke(value.Iteration);
                if (value.Iteration == stopAt)
                    source.Cancel();
            });
            var checkpoint = new ClassicalCheckpoint(file, wanted.ToString(), measurement);
            return ClassicalRun.Solve(wanted, measurement, checkpoint, Every, progress, source.Token);
        }
    }

    [Test]
    public void ACheckpointOfOtherOptionsOrDataIsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("checkpoint.npz");
        var measurement = Make.Measurement();
        var state = new ClassicalState(Make.Truth, null, null, [0.5], TimeSpan.Zero);
        new ClassicalCheckpoint(path, "a", measurement).Write(state);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new ClassicalCheckpoint(path, "a", measurement).Read()!.Done, Is.EqualTo(1));
            Assert.That(
                () => new ClassicalCheckpoint(path, "b", measurement).Read(),
                Throws.TypeOf<InvalidDataException>()
            );
            Assert.That(
                () => new ClassicalCheckpoint(path, "a", Make.Measurement(step: 6)).Read(),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("another measurement")
            );
        }
    }

    private sealed class Watch(Action<ReconstructionProgress> action) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => action(value);
    }
}
