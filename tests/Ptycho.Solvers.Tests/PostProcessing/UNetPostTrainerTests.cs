using Ptycho.Diffusion.Networks;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.PostProcessing;

namespace Ptycho.Solvers.Tests.PostProcessing;

public class UNetPostTrainerTests
{
    private static readonly UNetPostOptions Quick = new()
    {
        TrainingPairs = 16,
        ValidationPairs = 4,
        Epochs = 30,
        BatchSize = 4,
        PartSize = 16,
        Validations = 6,
        LearningRate = 3e-3,
        AverageDecay = 0.9,
        Network = new CompactUNetOptions
        {
            ModelChannels = 8,
            ChannelMultipliers = [1, 2],
            ResidualBlocks = [1, 1],
            AttentionFactors = [],
            HeadChannels = 8,
        },
    };

    [Test]
    public void ATinyTrainingTakesOffWhatIsWrong()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("unet.safetensors");
        var outcome = Train(path, Quick);
        Assert.That(outcome.Finished, Is.True);
        Assert.That(outcome.Step, Is.EqualTo(Quick.Steps).And.EqualTo(120));
        using var processor = UNetPostProcessor.Load(path);
        var unseen = new StripedPairs(32, seed: 99).Create(0);
        var before = ReconstructionMetrics.Nrmse(unseen.Input, unseen.Target);
        var after = ReconstructionMetrics.Nrmse(processor.Apply(unseen.Input), unseen.Target);
        Assert.That(after, Is.LessThan(before / 2), $"the error without the network is {before}");
    }

    [Test]
    public void TheLowestValidationLossIsKept()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("unet.safetensors");
        // A rate that destroys the network soon: the first validation is the best.
        Train(path, Quick with { LearningRate = 0.3, FinalLearningRate = 0.3, AverageDecay = 0, Epochs = 6 });
        using var kept = UNetPostProcessor.Load(path);
        var validation = PairSet.Create(new StripedPairs(32, seed: 50), Quick.ValidationPairs);
        var loss = new PostValidator(kept.Network, validation).Validate().Score;
        Assert.That(loss, Is.EqualTo(kept.Description.ValidationLoss).Within(1e-4 * loss));
        Assert.That(kept.Description.Step, Is.GreaterThan(0));
        new BestWeights(path, kept.Network, kept.Channels, new AwfOptions(), kept.Description, resumed: true).Offer(
            999,
            loss * 1.01
        );
        using (var after = UNetPostProcessor.Load(path))
            Assert.That(after.Description.Step, Is.EqualTo(kept.Description.Step));
        new BestWeights(path, kept.Network, kept.Channels, new AwfOptions(), kept.Description, resumed: true).Offer(
            999,
            loss * 0.99
        );
        using (var after = UNetPostProcessor.Load(path))
            Assert.That(after.Description.Step, Is.EqualTo(999));
    }

    [Test]
    public void AStoppedTrainingEndsWithTheSameBits()
    {
        using var whole = new TemporaryFolder();
        using var broken = new TemporaryFolder();
        var options = Quick with { Epochs = 8 };
        Train(whole.File("unet.safetensors"), options, whole.File("checkpoints"));
        using (var stop = new CancellationTokenSource())
        {
            var outcome = Train(
                broken.File("unet.safetensors"),
                options,
                broken.File("checkpoints"),
                new Immediate(p =>
                {
                    if (p.Step >= 13)
                        stop.Cancel();
                }),
                stop.Token
            );
            Assert.That(outcome.Finished, Is.False);
        }
        Train(broken.File("unet.safetensors"), options, broken.File("checkpoints"));
        Assert.That(
            File.ReadAllBytes(broken.File("unet.safetensors")),
            Is.EqualTo(File.ReadAllBytes(whole.File("unet.safetensors")))
        );
    }

    [Test]
    public void PartsThatDoNotFitAreRefused() =>
        Assert.That(
            () => Train("x.safetensors", Quick with { PartSize = 18 }),
            Throws.ArgumentException.With.Message.Contains("18")
        );

    [Test]
    public void PresetsStateTheirBudgets()
    {
        Assert.That(UNetPostOptions.Paper.TrainingPairs, Is.EqualTo(19_000));
        Assert.That(UNetPostOptions.Paper.ValidationPairs, Is.EqualTo(1_000));
        Assert.That(UNetPostOptions.Paper.Epochs, Is.EqualTo(800));
        Assert.That(UNetPostOptions.Paper.LearningRate, Is.EqualTo(2e-5));
        Assert.That(UNetPostOptions.Paper.InputNoise, Is.EqualTo(0.01));
        Assert.That(UNetPostOptions.Paper.NoisyShare, Is.EqualTo(0.5));
        Assert.That(UNetPostOptions.Compact.Steps, Is.LessThanOrEqualTo(1000));
        Assert.That(UNetPostOptions.Medium.Steps, Is.EqualTo(3 * UNetPostOptions.Compact.Steps));
        Assert.That(
            () => new UNetPostOptions { NoisyShare = 2 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("NoisyShare")
        );
        Assert.That(() => new UNetPostOptions { AverageDecay = 1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static Diffusion.Training.TrainingOutcome Train(
        string path,
        UNetPostOptions options,
        string? folder = null,
        IProgress<Diffusion.Training.TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        new UNetPostTrainer(options).Train(
            path,
            PairSet.Create(new StripedPairs(32), options.TrainingPairs),
            PairSet.Create(new StripedPairs(32, seed: 50), options.ValidationPairs),
            new AwfOptions(),
            new UNetPostDescription { Overlap = 0.2 },
            folder,
            progress: progress,
            cancellationToken: cancellationToken
        );

    private sealed class Immediate(Action<Diffusion.Training.TrainingProgress> action)
        : IProgress<Diffusion.Training.TrainingProgress>
    {
        public void Report(Diffusion.Training.TrainingProgress value) => action(value);
    }
}
