using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Training.Rates;

namespace Ptycho.Samples.TrainPrior;

/// <summary>The command line, read.</summary>
internal sealed record Settings
{
    /// <summary>Folder of the blood-smear objects; null where Images is given.</summary>
    public string? Objects { get; init; }

    /// <summary>Folder of a user's own images; null where Objects is given.</summary>
    public string? Images { get; init; }

    public required string Output { get; init; }

    /// <summary>A prior file whose weights a new run starts from.</summary>
    public string? StartFrom { get; init; }

    public int Channels { get; init; }

    public long Steps { get; init; }

    public int Batch { get; init; }

    public int Crop { get; init; }

    public int LargeCrop { get; init; }

    public int LargeBatch { get; init; }

    public long LargeFrom { get; init; }

    public double Rate { get; init; }

    public long Warmup { get; init; }

    public long? DecayFrom { get; init; }

    public long? DecayTo { get; init; }

    public double FinalRate { get; init; }

    public double WeightDecay { get; init; }

    public double EmaDecay { get; init; }

    public ulong Seed { get; init; }

    public ComputePrecision Precision { get; init; }

    public int Validate { get; init; }

    public int ValidationCrops { get; init; }

    public int Checkpoint { get; init; }

    public int Report { get; init; }

    /// <summary>Steps between pictures of samples; 0 draws none.</summary>
    public long SamplesEvery { get; init; }

    public int SampleCount { get; init; }

    public int SampleSteps { get; init; }

    public int SampleSize { get; init; }

    public int? Threads { get; init; }

    public double AberrationWeight { get; init; }

    /// <summary>Whether the network also learns the variance of sampling's steps.</summary>
    public bool LearnVariance { get; init; }

    /// <summary>Whether crops are neither turned nor mirrored.</summary>
    public bool Upright { get; init; }

    public bool TrainOnValidation { get; init; }

    public ILearningRate LearningRate()
    {
        ILearningRate rate = DecayFrom is { } from
            ? new CosineRate(Rate, FinalRate, from, DecayTo ?? Steps)
            : new ConstantRate(Rate);
        return Warmup > 0 ? new WarmupRate(Warmup, rate) : rate;
    }
}
