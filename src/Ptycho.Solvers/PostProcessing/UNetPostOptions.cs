using Ptycho.Diffusion.Networks;
using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>How a post-processing network is trained.</summary>
public sealed record UNetPostOptions
{
    /// <summary>
    /// The budget of Cam et al. (arXiv:2502.18767, section IV): 19,000 pairs for training and 1,000 for validation, 800
    /// epochs, Adam at 2e-5, whole crops. Their network's size and their batch are not published; these are ours.
    /// </summary>
    public static UNetPostOptions Paper =>
        new()
        {
            TrainingPairs = 19_000,
            ValidationPairs = 1_000,
            Epochs = 800,
            LearningRate = 2e-5,
            FinalLearningRate = 2e-5,
            PartSize = null,
            Network = CompactUNetOptions.Compact,
            AverageDecay = 0,
        };

    /// <summary>
    /// Minutes on one CPU core: 320 pairs, 20 epochs of parts of 64×64 pixels, a network of a tenth of the size.
    /// </summary>
    public static UNetPostOptions Compact => new();

    /// <summary>The compact network with three times its pairs and steps: five minutes and more on one CPU core.</summary>
    public static UNetPostOptions Medium => new() { TrainingPairs = 960, ValidationPairs = 64 };

    /// <summary>Pairs that are trained on.</summary>
    public int TrainingPairs
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(TrainingPairs));
    } = 320;

    /// <summary>Pairs that are validated on.</summary>
    public int ValidationPairs
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(ValidationPairs));
    } = 32;

    /// <summary>How often each training pair is used, a part of it each time.</summary>
    public int Epochs
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Epochs));
    } = 20;

    /// <summary>Pairs in a batch.</summary>
    public int BatchSize
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(BatchSize));
    } = 8;

    /// <summary>Pixels on the side of the part of a pair that is trained on; null: the whole.</summary>
    public int? PartSize
    {
        get;
        init => field = value is { } size ? Require.AtLeast(size, 8, nameof(PartSize)) : null;
    } = 64;

    /// <summary>Learning rate of Adam at first. With 1e-3 the network does not leave the identity where AWF's errors are small.</summary>
    public double LearningRate
    {
        get;
        init => field = Require.Positive(value, nameof(LearningRate));
    } = 3e-4;

    /// <summary>Learning rate at the end, to which it falls along a cosine.</summary>
    public double FinalLearningRate
    {
        get;
        init => field = Require.Positive(value, nameof(FinalLearningRate));
    } = 2e-5;

    /// <summary>Standard deviation of the white noise on some inputs, in units of the object; 0.01 as the paper has it.</summary>
    public double InputNoise
    {
        get;
        init => field = Require.NotNegative(value, nameof(InputNoise));
    } = 0.01;

    /// <summary>Share of the batches that have this noise; half, as the paper has it.</summary>
    public double NoisyShare
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(NoisyShare));
    } = 0.5;

    /// <summary>Validations over the whole training; after each the weights are kept if none before was better.</summary>
    public int Validations
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Validations));
    } = 20;

    /// <summary>Decay of the averaged weights, which are those that are validated and kept; 0: the weights themselves.</summary>
    public double AverageDecay
    {
        get;
        init
        {
            Require.Between(value, 0, 1, nameof(AverageDecay));
            field = value < 1 ? value : Require.Between(value, 0, 0, nameof(AverageDecay));
        }
    } = 0.99;

    /// <summary>The network; two channels, no variance.</summary>
    public CompactUNetOptions Network { get; init; } =
        new()
        {
            ModelChannels = 32,
            ResidualBlocks = [1, 1, 1],
            AttentionFactors = [],
        };

    /// <summary>The numbers of the channels.</summary>
    public ChannelNumbers Channels { get; init; } = new();

    /// <summary>Seed of weights, order, places, flips and noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Steps of the whole training: epochs × pairs over the batch, rounded up.</summary>
    public long Steps => ((long)Epochs * TrainingPairs + BatchSize - 1) / BatchSize;
}
