using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Training;
using Ptycho.Diffusion.Training.Rates;
using Ptycho.Solvers.Classical;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// Trains a post-processing network and keeps, in one file, the weights of the lowest validation loss. It is a
/// composition over the generic <see cref="Trainer"/>: a killed run is gone on with from its checkpoint, to the same bits.
/// </summary>
/// <param name="options">How to train; <see cref="UNetPostOptions.Compact"/> if not given.</param>
/// <param name="logger">Receives what happens; optional.</param>
public sealed class UNetPostTrainer(UNetPostOptions? options = null, ILogger<Trainer>? logger = null)
{
    private readonly UNetPostOptions _options = options ?? UNetPostOptions.Compact;

    /// <summary>Trains to the end, or until it is cancelled.</summary>
    /// <param name="path">The file that is written whenever the validation loss is the lowest so far.</param>
    /// <param name="training">Pairs to train on.</param>
    /// <param name="validation">Pairs to validate on, from objects that are not trained on.</param>
    /// <param name="awf">The options of AWF that made the pairs.</param>
    /// <param name="description">What is stored; loss and step are set here.</param>
    /// <param name="folder">Where checkpoints go and a run is resumed from; null keeps nothing.</param>
    /// <param name="device">Where the network is trained; the CPU by default.</param>
    /// <param name="progress">Told about twenty times between validations.</param>
    /// <param name="cancellationToken">Ends the training after the current step, with a checkpoint.</param>
    /// <exception cref="ArgumentException">The parts do not fit the pairs or the network.</exception>
    /// <exception cref="TrainingDivergedException">The loss or gradient is not finite.</exception>
    public TrainingOutcome Train(
        string path,
        PairSet training,
        PairSet validation,
        AwfOptions awf,
        UNetPostDescription description,
        string? folder = null,
        Device? device = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(awf);
        ArgumentNullException.ThrowIfNull(description);
        using var network = new CompactUNet(_options.Network, (long)_options.Seed);
        var part = _options.PartSize ?? training.Size;
        foreach (var size in (int[])[part, training.Size, validation.Size])
            if (size % network.SizeMultiple != 0 || part > training.Size)
                throw new ArgumentException(
                    $"Parts of {part} pixels of pairs of {training.Size} and {validation.Size} do not fit: all must be multiples of {network.SizeMultiple}, and a part at most its pair.",
                    nameof(training)
                );
        if (device is not null)
            network.to(device);
        var validator = new PostValidator(network, validation);
        var best = new BestWeights(path, network, _options.Channels, awf, description, HasCheckpoint(folder));
        var trainer = new Trainer(
            network,
            new PostObjective(network, _options.InputNoise / _options.Channels.Scale, _options.NoisyShare),
            new PairBatchSource(training, _options.BatchSize, part, partsPerStep: 1, _options.Seed),
            Schedule(folder),
            validator,
            step =>
            {
                // A checkpoint after a cancellation comes without a validation of its own.
                if (validator.Take() is { } loss)
                    best.Offer(step, loss);
            },
            logger
        );
        return trainer.Run(progress, cancellationToken);
    }

    /// <summary>Whether the run goes on from a checkpoint, so that a file that is there is its own.</summary>
    private static bool HasCheckpoint(string? folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, "checkpoint-*.safetensors").Any();

    private TrainerOptions Schedule(string? folder)
    {
        var between = (int)Math.Clamp(_options.Steps / _options.Validations, 1, int.MaxValue);
        return new TrainerOptions
        {
            Steps = _options.Steps,
            Seed = _options.Seed,
            LearningRate =
                _options.FinalLearningRate == _options.LearningRate
                    ? new ConstantRate(_options.LearningRate)
                    : new CosineRate(_options.LearningRate, _options.FinalLearningRate, 0, _options.Steps),
            EmaDecay = _options.AverageDecay,
            ReportEvery = Math.Max(1, between / 20),
            // The export after a checkpoint sees the weights that were just validated.
            ValidateEvery = between,
            CheckpointEvery = between,
            Folder = folder,
        };
    }
}
