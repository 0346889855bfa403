using System.Collections.Immutable;
using System.Globalization;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Training;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Diffusion.Training.Optimisation;
using Ptycho.Diffusion.Transforms;
using Ptycho.Diffusion.Weights;
using Ptycho.IO.Safetensors;
using Ptycho.Samples.Shared.Commands;
using static TorchSharp.torch;

namespace Ptycho.Samples.TrainPrior;

/// <summary>Trains the compact network on crops of complex images and keeps the averaged weights as a prior.</summary>
internal static class TrainingRun
{
    /// <exception cref="ArgumentException">Options contradict each other, or do not fit the images.</exception>
    /// <exception cref="StoppedException">It was stopped; the checkpoint is named.</exception>
    public static void Run(Settings settings, CancellationToken cancellationToken)
    {
        TrainingImages.Require(settings);
        if (settings.Threads is { } threads)
            set_num_threads(threads);
        Directory.CreateDirectory(settings.Output);
        var priorPath = Path.Combine(settings.Output, "prior.safetensors");

        var schedule = NoiseSchedule.Linear();
        var prediction = Prediction.Velocity;
        var transform = new MagnitudePhaseTransform();
        var encoder = new MagnitudePhaseEncoder(transform.Options);
        var size = CompactUNetOptions.Compact with
        {
            ModelChannels = settings.Channels,
            LearnsVariance = settings.LearnVariance,
        };
        using var network = new CompactUNet(size, (long)settings.Seed) { Precision = settings.Precision };
        // A checkpoint in the folder, if there is one, takes their place.
        if (settings.StartFrom is { } path)
            NetworkWeights.Apply(network, SafetensorsFile.Read(path).Tensors, path);
        var validator = new DiffusionValidator(
            network,
            schedule,
            prediction,
            TrainingImages.ValidationCrops(settings, encoder)
        );
        var exporter = new PriorExporter(network, schedule, transform, prediction, Describe(settings));
        var printer = new ProgressPrinter(Console.Out);
        var pictures = new SamplePictures(settings, priorPath);
        var trainer = new Trainer(
            network,
            settings.LearnVariance
                ? new HybridObjective(network, schedule, prediction)
                : new DiffusionObjective(network, schedule, prediction),
            Batches(settings, encoder),
            Options(settings),
            validator,
            step =>
            {
                exporter.Write(priorPath, step, printer.Notes());
                pictures.Exported(step, cancellationToken);
            }
        );

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{network.ParameterCount:N0} parameters, {settings.Precision}, {get_num_threads()} threads, to {settings.Output}"
            )
        );
        var outcome = trainer.Run(printer, cancellationToken);
        if (!outcome.Finished)
            throw new StoppedException(
                $"Stopped after {outcome.Step} steps; the checkpoint is in {settings.Output}. The same command goes on from it."
            );
        Console.WriteLine($"Done after {outcome.Step} steps. The prior is {priorPath}.");
    }

    private static CropBatchSource Batches(Settings settings, ICropEncoder encoder)
    {
        var images = TrainingImages.Training(settings);
        var crops = new CropSampler(images, TrainingImages.Crops(settings, settings.Seed));
        var small = new CropStage { Size = settings.Crop, BatchSize = settings.Batch };
        var large = new CropStage
        {
            FromStep = settings.LargeFrom,
            Size = settings.LargeCrop,
            BatchSize = settings.LargeBatch,
        };
        return settings.LargeFrom == 0
            ? new CropBatchSource(crops, encoder, large)
            : new CropBatchSource(crops, encoder, small, large);
    }

    private static TrainerOptions Options(Settings settings) =>
        new()
        {
            Steps = settings.Steps,
            Seed = settings.Seed,
            LearningRate = settings.LearningRate(),
            Optimiser = new AdamWOptions { WeightDecay = settings.WeightDecay },
            EmaDecay = settings.EmaDecay,
            ReportEvery = settings.Report,
            ValidateEvery = settings.Validate,
            CheckpointEvery = settings.Checkpoint,
            Folder = settings.Output,
        };

    private static PriorDescription Describe(Settings settings) =>
        new()
        {
            GaugeRule = PhaseGauge.Name,
            // Crops are turned by any angle and mirrored, or neither.
            Symmetry = settings.Upright ? ObjectSymmetry.None : ObjectSymmetry.Square,
            Notes = ImmutableSortedDictionary<string, string>
                .Empty.WithComparers(StringComparer.Ordinal)
                .Add("data", TrainingImages.Note(settings))
                .Add("trainedOnValidationBlock", settings.TrainOnValidation ? "yes" : "no")
                .Add("seed", settings.Seed.ToString(CultureInfo.InvariantCulture)),
        };
}
