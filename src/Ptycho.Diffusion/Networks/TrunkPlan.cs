using System.Collections.Immutable;

namespace Ptycho.Diffusion.Networks;

/// <summary>What a <see cref="UNetTrunk"/> is built from, after the public options are checked.</summary>
internal sealed record TrunkPlan
{
    public required int InChannels { get; init; }

    public required int OutChannels { get; init; }

    public required int ModelChannels { get; init; }

    public required ImmutableArray<double> ChannelMultipliers { get; init; }

    /// <summary>Residual blocks of each resolution on the way down; one more on the way up.</summary>
    public required ImmutableArray<int> ResidualBlocks { get; init; }

    /// <summary>Downsampling factors at which blocks are followed by attention.</summary>
    public required ImmutableArray<int> AttentionFactors { get; init; }

    /// <summary>Heads on the way down and in the middle, where HeadChannels is not given.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>Heads on the way up, where HeadChannels is not given.</summary>
    public int HeadsUp { get; init; } = 1;

    /// <summary>Channels of each head, or −1.</summary>
    public int HeadChannels { get; init; } = -1;

    public bool SplitQueryKeyValueFirst { get; init; }

    public bool ScaleShift { get; init; }

    public bool ResizeByResidualBlocks { get; init; }

    public bool LearnedResampling { get; init; } = true;

    public double Dropout { get; init; }

    public int Groups { get; init; } = 32;

    public int EmbeddingWidth => 4 * ModelChannels;

    public int Levels => ChannelMultipliers.Length;

    public int ChannelsAt(int level) => (int)(ChannelMultipliers[level] * ModelChannels);
}
