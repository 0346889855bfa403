using System.Diagnostics;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Evaluation;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Diffusion.Transforms;
using Ptycho.Samples.TrainPrior;
using static TorchSharp.torch;

namespace Ptycho.Samples.SamplePrior;

/// <summary>Measures a prior. Nothing here is chosen by what comes out.</summary>
internal sealed class PriorEvaluation
{
    private const int Size = BloodSmearSplit.ValidationSize;
    private const int TrainingCrops = 192;

    // A stream of training crops that no training seed meets.
    private const ulong TrainingSeed = 0x5245_504F_5254;

    public required NetworkPrior Prior { get; init; }

    public required MagnitudePhaseEncoder Encoder { get; init; }

    public required string Folder { get; init; }

    public required long Seed { get; init; }

    public required int Count { get; init; }

    public required int Steps { get; init; }

    public required int ValidationCrops { get; init; }

    public required int LevelsPerCrop { get; init; }

    // A prior that saw no turned crops is not measured on them.
    private bool Upright => Prior.Symmetry == ObjectSymmetry.None;

    /// <summary>Runs everything; the samples are channels in the caller's scope.</summary>
    public (PriorReport Report, Tensor Samples) Run(Action<string> tell, CancellationToken cancellationToken)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();
        var validation = BloodSmearSplit.ValidationCrops(Folder, Encoder, ValidationCrops, Upright);
        var error = Validate(validation, cancellationToken);
        tell($"ε-MSE {error.Score:F5} on the validation block ({clock.Elapsed.TotalSeconds:F0} s)");

        var sampler = PriorSampler.DpmSolver(Prior, Steps);
        var samples = SampleDrawing.Draw(sampler, Count, Size, Seed, done: null, cancellationToken);
        tell($"{Count} samples drawn ({clock.Elapsed.TotalSeconds:F0} s)");

        var images = BloodSmearSplit.Training(Folder, withValidation: false, aberrationWeight: 1);
        var training = Crops(images).ToTensor();
        var held = validation.ToTensor();
        var transform = (MagnitudePhaseTransform)Prior.Transform;
        var real = new ObjectSet(training, transform);
        var neighbours = Neighbours(images, samples, held, training, cancellationToken);
        tell($"nearest neighbours found ({clock.Elapsed.TotalSeconds:F0} s)");
        var report = new PriorReport
        {
            Notes = Prior.Description.Notes,
            Parameters = Prior.Network.ParameterCount,
            EpsilonMse = error.Score,
            EpsilonMseByLevel = [.. error.Bins.Select(b => new LevelError(b.Name, b.Value, b.Count))],
            ValidationCrops = ValidationCrops,
            LevelsPerCrop = LevelsPerCrop,
            Samples = Count,
            Steps = Steps,
            Seed = Seed,
            SamplesToTraining = new ObjectSet(samples, transform).To(real),
            ValidationToTraining = new ObjectSet(held, transform).To(real),
            NearestNeighbours = neighbours,
            Seconds = clock.Elapsed.TotalSeconds,
        };
        return (report, samples.MoveToOuterDisposeScope());
    }

    private ValidationResult Validate(TrainingBatch crops, CancellationToken cancellationToken) =>
        new DiffusionValidator(
            Prior.Network,
            Prior.Schedule,
            Prior.Prediction,
            crops,
            new DiffusionValidatorOptions { LevelsPerSample = LevelsPerCrop }
        ).Validate(cancellationToken);

    private TrainingBatch Crops(IReadOnlyList<CropImage> images)
    {
        var options = new CropSamplerOptions
        {
            Seed = TrainingSeed,
            Rotate = !Upright,
            Flip = !Upright,
        };
        var crops = new CropSampler(images, options);
        var stage = new CropStage { Size = Size, BatchSize = TrainingCrops };
        return new CropBatchSource(crops, Encoder, stage).Create(0, 0);
    }

    private NeighbourDistances Neighbours(
        IReadOnlyList<CropImage> images,
        Tensor samples,
        Tensor held,
        Tensor training,
        CancellationToken cancellationToken
    )
    {
        using var search = new PatchSearch(images, Encoder);
        Quartiles Distances(Tensor set) =>
            Quartiles.Of(search.Nearest(set.narrow(0, 0, Math.Min(Count, set.shape[0])), cancellationToken));
        return new NeighbourDistances(Distances(samples), Distances(held), Distances(training));
    }
}
