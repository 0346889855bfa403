using System.Text.Json;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Training;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Diffusion.Training.Rates;
using Ptycho.IO.Safetensors;
using Ptycho.Tests.Shared;
using TorchSharp;

namespace Ptycho.Diffusion.Tests.Training;

public sealed class TrainerTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ptycho-training-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_run_that_was_killed_between_checkpoints_ends_with_the_same_bits()
    {
        var whole = Path.Combine(folder, "whole");
        var broken = Path.Combine(folder, "broken");
        using var first = TinyTraining.Network();
        TinyTraining.Trainer(first, TinyTraining.Options(whole, 11)).Run();

        // A kill loses what came after the last checkpoint: here step 4, the source fails at step 6.
        using (var killed = TinyTraining.Network())
        {
            var dies = new FailingSource(TinyTraining.Batches(), 6);
            Assert.That(
                () => TinyTraining.Trainer(killed, TinyTraining.Options(broken, 11), dies).Run(),
                Throws.InstanceOf<IOException>()
            );
        }
        using var second = TinyTraining.Network(seed: 99);
        var outcome = TinyTraining.Trainer(second, TinyTraining.Options(broken, 11)).Run();

        Assert.That(outcome.ResumedFrom, Is.EqualTo(4));
        Assert.That(outcome.Finished);
        Assert.That(TinyTraining.Weights(second), Is.EqualTo(TinyTraining.Weights(first)));
        Assert.That(Checkpoint(broken, 11), Is.EqualTo(Checkpoint(whole, 11)));
    }

    [Test]
    public void A_cancelled_run_leaves_a_checkpoint_and_goes_on_from_it()
    {
        var whole = Path.Combine(folder, "whole");
        var broken = Path.Combine(folder, "broken");
        using var first = TinyTraining.Network();
        TinyTraining.Trainer(first, TinyTraining.Options(whole, 8)).Run();

        using var cancel = new CancellationTokenSource();
        using var second = TinyTraining.Network();
        var progress = new Callback(p =>
        {
            if (p.Step == 6)
                cancel.Cancel();
        });
        var stopped = TinyTraining.Trainer(second, TinyTraining.Options(broken, 8)).Run(progress, cancel.Token);
        Assert.That(stopped.Finished, Is.False);
        Assert.That(stopped.Step, Is.EqualTo(6));
        TinyTraining.Trainer(second, TinyTraining.Options(broken, 8)).Run();
        Assert.That(Checkpoint(broken, 8), Is.EqualTo(Checkpoint(whole, 8)));
    }

    [Test]
    public void Training_makes_the_validation_error_smaller()
    {
        using var network = TinyTraining.Network();
        var before = TinyTraining.Validator(network).Validate().Score;
        var options = TinyTraining.Options(null, 40) with
        {
            Accumulation = 1,
            ValidateEvery = 40,
            EmaDecay = 0.5,
            LearningRate = new ConstantRate(1e-2),
        };
        var outcome = TinyTraining.Trainer(network, options).Run();
        Assert.That(outcome.Validation!.Score, Is.LessThan(0.95 * before));
        Assert.That(outcome.Validation.Bins.Sum(b => b.Count), Is.EqualTo(4));
    }

    [Test]
    public void Checkpoints_are_rotated_and_the_log_has_every_step_once()
    {
        using var network = TinyTraining.Network();
        var options = TinyTraining.Options(folder, 12) with { Accumulation = 1 };
        TinyTraining.Trainer(network, options).Run();
        var names = Directory.EnumerateFiles(folder, "*.safetensors").Select(Path.GetFileName).Order();
        Assert.That(
            names,
            Is.EqualTo(new[] { "checkpoint-000000008.safetensors", "checkpoint-000000012.safetensors" })
        );

        File.Delete(Path.Combine(folder, "checkpoint-000000012.safetensors"));
        File.AppendAllText(Path.Combine(folder, "log.jsonl"), "{\"step\":13,\"lo");
        TinyTraining.Trainer(network, options).Run();
        var steps = File.ReadLines(Path.Combine(folder, "log.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("loss", out _))
            .Select(line => line.GetProperty("step").GetInt64());
        Assert.That(steps, Is.EqualTo(new long[] { 2, 4, 6, 8, 10, 12 }));
    }

    [Test]
    public void The_export_sees_the_averaged_weights_and_training_goes_on_with_its_own()
    {
        using var network = TinyTraining.Network();
        var seen = new Dictionary<long, float[]>();
        TinyTraining
            .Trainer(network, TinyTraining.Options(folder, 8), export: s => seen[s] = TinyTraining.Weights(network))
            .Run();
        var content = SafetensorsFile.Read(Path.Combine(folder, "checkpoint-000000008.safetensors"));
        var average = content
            .Tensors.Where(t => t.Key.StartsWith("average.", StringComparison.Ordinal))
            .OrderBy(t => t.Key, StringComparer.Ordinal)
            .SelectMany(t => t.Value.ToSingle());
        Assert.That(seen.Keys, Is.EqualTo(new[] { 4L, 8L }));
        Assert.That(seen[8], Is.EqualTo(average));
        Assert.That(TinyTraining.Weights(network), Is.Not.EqualTo(seen[8]));
    }

    [Test]
    public void Batches_made_ahead_change_no_bit()
    {
        float[] Train(int prefetch)
        {
            using var network = TinyTraining.Network();
            TinyTraining.Trainer(network, TinyTraining.Options(null, 7) with { Prefetch = prefetch }).Run();
            return TinyTraining.Weights(network);
        }
        Assert.That(Train(8), Is.EqualTo(Train(0)));
    }

    [Test]
    public void The_collector_at_work_changes_no_bit()
    {
        var alone = Path.Combine(folder, "alone");
        using var first = TinyTraining.Network();
        TinyTraining.Trainer(first, TinyTraining.Options(alone, 11)).Run();
        using var collector = new BusyCollector();
        collector.Beside(() =>
        {
            var beside = Directory.CreateTempSubdirectory("ptycho-training-").FullName;
            using var second = TinyTraining.Network();
            TinyTraining.Trainer(second, TinyTraining.Options(beside, 11)).Run();
            Assert.That(TinyTraining.Weights(second), Is.EqualTo(TinyTraining.Weights(first)));
            Assert.That(Checkpoint(beside, 11), Is.EqualTo(Checkpoint(alone, 11)));
            Directory.Delete(beside, recursive: true);
        });
    }

    [Test]
    public void Two_trainers_side_by_side_learn_what_each_learns_alone()
    {
        float[] Train(long seed, long steps)
        {
            using var network = TinyTraining.Network(seed);
            TinyTraining.Trainer(network, TinyTraining.Options(null, steps)).Run();
            return TinyTraining.Weights(network);
        }
        var (expected, otherwise) = (Train(1, 8), Train(2, 7));
        var tasks = new[] { (1L, 8L), (2L, 7L) }
            .Select(run => Task.Factory.StartNew(() => Train(run.Item1, run.Item2), TaskCreationOptions.LongRunning))
            .ToArray();
        Assert.That(tasks[0].GetAwaiter().GetResult(), Is.EqualTo(expected));
        Assert.That(tasks[1].GetAwaiter().GetResult(), Is.EqualTo(otherwise));
    }

    [Test]
    public void A_checkpoint_of_another_network_is_refused_by_name()
    {
        using (var network = TinyTraining.Network())
            TinyTraining.Trainer(network, TinyTraining.Options(folder, 2)).Run();
        using var other = new CompactUNet(TinyTraining.Size with { ModelChannels = 16 });
        var weights = TinyTraining.Weights(other);
        Assert.That(
            () => TinyTraining.Trainer(other, TinyTraining.Options(folder, 4)).Run(),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("checkpoint-000000002")
        );
        Assert.That(TinyTraining.Weights(other), Is.EqualTo(weights));
    }

    [Test]
    public void A_damaged_checkpoint_is_refused_by_name()
    {
        using var network = TinyTraining.Network();
        TinyTraining.Trainer(network, TinyTraining.Options(folder, 2)).Run();
        var path = Path.Combine(folder, "checkpoint-000000002.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        var trainer = TinyTraining.Trainer(network, TinyTraining.Options(folder, 4));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.That(
            () => trainer.Run(),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("checkpoint-000000002")
        );
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void A_validation_that_is_not_finite_is_logged_as_null_and_the_run_goes_on()
    {
        using var network = TinyTraining.Network();
        var trainer = new Trainer(
            network,
            new DiffusionObjective(network, NoiseSchedule.Linear(), Prediction.Velocity),
            TinyTraining.Batches(),
            TinyTraining.Options(folder, 4),
            new NoNumber()
        );
        Assert.That(trainer.Run().Finished, Is.True);
        var line = File.ReadLines(Path.Combine(folder, "log.jsonl")).Single(l => l.Contains("validation"));
        Assert.That(line, Is.EqualTo("{\"step\":4,\"validation\":null,\"bins\":{\"a\":null,\"b\":1}}"));
    }

    [Test]
    public void A_loss_that_is_not_finite_ends_the_run_at_its_step()
    {
        using var network = TinyTraining.Network();
        var source = new PoisonedSource(TinyTraining.Batches(), 3);
        Assert.That(
            () => TinyTraining.Trainer(network, TinyTraining.Options(null, 8), source).Run(),
            Throws.InstanceOf<TrainingDivergedException>().With.Property("Step").EqualTo(3)
        );
    }

    [Test]
    public void A_step_that_is_not_finite_leaves_the_weights_of_the_step_before()
    {
        using var expected = TinyTraining.Network();
        TinyTraining.Trainer(expected, TinyTraining.Options(null, 3)).Run();
        using var network = TinyTraining.Network();
        var source = new PoisonedSource(TinyTraining.Batches(), 3);
        var failure = Assert.Throws<TrainingDivergedException>(() =>
            TinyTraining.Trainer(network, TinyTraining.Options(null, 8), source).Run()
        )!;
        Assert.That(failure.Term, Is.EqualTo("loss"));
        Assert.That(TinyTraining.Weights(network), Is.EqualTo(TinyTraining.Weights(expected)));
    }

    [Test]
    public void A_trainer_that_runs_refuses_a_second_run_and_serves_the_next()
    {
        using var network = TinyTraining.Network();
        Trainer trainer = null!;
        var refused = 0;
        trainer = TinyTraining.Trainer(network, TinyTraining.Options(null, 4));
        trainer.Run(
            new Callback(_ =>
            {
                var other = Task.Run(() => trainer.Run());
                Assert.That(() => other.GetAwaiter().GetResult(), Throws.InvalidOperationException);
                refused++;
            })
        );
        Assert.That(refused, Is.EqualTo(2));
        Assert.That(trainer.Run().Finished);
    }

    [Test]
    public void A_full_disk_keeps_the_checkpoint_before()
    {
        var whole = Path.Combine(folder, "whole");
        using (var network = TinyTraining.Network())
            TinyTraining.Trainer(network, TinyTraining.Options(whole, 8)).Run();
        var size = new FileInfo(Path.Combine(whole, "checkpoint-000000008.safetensors")).Length;
        using var disk = new SmallDisk((long)(1.6 * size));
        using (var network = TinyTraining.Network())
            Assert.That(
                () => TinyTraining.Trainer(network, TinyTraining.Options(disk.Folder, 8)).Run(),
                Throws.InstanceOf<IOException>().With.Message.Contains("checkpoint-000000008")
            );
        Assert.That(Checkpoint(disk.Folder, 4), Is.EqualTo(Checkpoint(whole, 4)));
        Assert.That(Directory.EnumerateFiles(disk.Folder, "*.tmp"), Is.Empty);
        disk.Grow(4 * size);
        using (var network = TinyTraining.Network())
        {
            var outcome = TinyTraining.Trainer(network, TinyTraining.Options(disk.Folder, 8)).Run();
            Assert.That(outcome.ResumedFrom, Is.EqualTo(4));
        }
        Assert.That(Checkpoint(disk.Folder, 8), Is.EqualTo(Checkpoint(whole, 8)));
    }

    [Test]
    public void A_folder_that_cannot_be_written_to_is_an_error_before_the_first_step()
    {
        using var disk = new SmallDisk(1 << 20);
        disk.MakeReadOnly();
        using var network = TinyTraining.Network();
        var before = TinyTraining.Weights(network);
        Assert.That(
            () => TinyTraining.Trainer(network, TinyTraining.Options(disk.Folder, 4)).Run(),
            Throws.InstanceOf<IOException>().With.Message.Contains(disk.Folder)
        );
        Assert.That(TinyTraining.Weights(network), Is.EqualTo(before));
    }

    [Test]
    public void Sixty_steps_leave_no_tensor_behind()
    {
        using var network = TinyTraining.Network();
        var options = TinyTraining.Options(null, 60) with { ValidateEvery = 20, Accumulation = 1 };
        TinyTraining.Trainer(network, options with { Steps = 1 }).Run();
        var counts = new List<long>();
        TinyTraining
            .Trainer(network, options)
            .Run(new Callback(_ => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)));
        Assert.That(counts[^1], Is.EqualTo(counts[1]));
    }

    private static string Checkpoint(string folder, long step) =>
        Convert.ToHexString(
            System.Security.Cryptography.SHA256.HashData(
                File.ReadAllBytes(Path.Combine(folder, $"checkpoint-{step:D9}.safetensors"))
            )
        );

    private sealed class NoNumber : IValidator
    {
        public ValidationResult Validate(CancellationToken cancellationToken = default) =>
            new(double.NaN, [new ValidationBin("a", double.PositiveInfinity, 1), new ValidationBin("b", 1, 1)]);
    }

    private sealed class Callback(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    private sealed class FailingSource(IBatchSource source, long at) : IBatchSource
    {
        public TrainingBatch Create(long step, int part) =>
            step == at ? throw new IOException("gone") : source.Create(step, part);
    }

    private sealed class PoisonedSource(IBatchSource source, long at) : IBatchSource
    {
        public TrainingBatch Create(long step, int part)
        {
            var batch = source.Create(step, part);
            if (step != at)
                return batch;
            var values = batch.Values.ToArray();
            values[7] = float.NaN;
            return new TrainingBatch(values, [.. batch.Shape]);
        }
    }
}
