using System.Collections.Immutable;
using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Networks;

/// <summary>The configuration of a <see cref="CompactUNet"/>; the defaults are the preset <see cref="Compact"/>.</summary>
public sealed record CompactUNetOptions
{
    private readonly int _channels = 2;
    private readonly int _patch = 2;
    private readonly int _modelChannels = 64;
    private readonly ImmutableArray<double> _multipliers = [1, 2, 2];
    private readonly ImmutableArray<int> _residualBlocks = [2, 2, 2];
    private readonly ImmutableArray<int> _attention = [4];
    private readonly int _headChannels = 32;
    private readonly double _dropout;
    private readonly int _groups = 8;

    /// <summary>Channels of an image; 2 for complex objects.</summary>
    public int Channels
    {
        get => _channels;
        init => _channels = OptionChecks.Between(1, 4096, value, nameof(Channels));
    }

    /// <summary>Patches of this many pixels squared become channels before the first convolution.</summary>
    public int PatchSize
    {
        get => _patch;
        init => _patch = OptionChecks.Between(1, 64, value, nameof(PatchSize));
    }

    /// <summary>Channels at the first resolution before multipliers.</summary>
    public int ModelChannels
    {
        get => _modelChannels;
        init => _modelChannels = OptionChecks.Between(1, 65536, value, nameof(ModelChannels));
    }

    /// <summary>A factor on the channels for each resolution, finest first.</summary>
    public ImmutableArray<double> ChannelMultipliers
    {
        get => _multipliers;
        init => _multipliers = OptionChecks.Multipliers(value, nameof(ChannelMultipliers));
    }

    /// <summary>Residual blocks of each resolution on the way down; one more on the way up.</summary>
    public ImmutableArray<int> ResidualBlocks
    {
        get => _residualBlocks;
        init => _residualBlocks = OptionChecks.Each(value, n => n >= 1, "at least 1", nameof(ResidualBlocks));
    }

    /// <summary>Downsampling factors, counted after the patches, at which there is attention; may be empty.</summary>
    public ImmutableArray<int> AttentionFactors
    {
        get => _attention;
        init =>
            _attention = OptionChecks.EachOrNone(value, factor => factor >= 1, "at least 1", nameof(AttentionFactors));
    }

    /// <summary>Channels of each attention head.</summary>
    public int HeadChannels
    {
        get => _headChannels;
        init => _headChannels = OptionChecks.AtLeast(1, value, nameof(HeadChannels));
    }

    /// <summary>True: residual blocks change the size; false: strided and nearest-neighbour convolutions.</summary>
    public bool ResizeByResidualBlocks { get; init; }

    /// <summary>True: the output also holds the variance, in twice the channels.</summary>
    public bool LearnsVariance { get; init; }

    /// <summary>Share of activations dropped in training, in [0, 1); drawn from torch's global generator.</summary>
    public double Dropout
    {
        get => _dropout;
        init => _dropout = OptionChecks.Fraction(value, nameof(Dropout));
    }

    /// <summary>Groups of each normalisation.</summary>
    public int Groups
    {
        get => _groups;
        init => _groups = OptionChecks.AtLeast(1, value, nameof(Groups));
    }

    /// <summary>The network for CPUs: about 9 GFLOP for 128×128 pixels.</summary>
    public static CompactUNetOptions Compact => new();

    /// <inheritdoc/>
    public bool Equals(CompactUNetOptions? other) =>
        other is not null && string.Equals(NetworkJson.Write(this), NetworkJson.Write(other), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(NetworkJson.Write(this));

    internal TrunkPlan Plan(string parameter)
    {
        if (ResidualBlocks.Length != ChannelMultipliers.Length)
            throw new ArgumentException(
                $"ResidualBlocks has {ResidualBlocks.Length} numbers and ChannelMultipliers {ChannelMultipliers.Length}; "
                    + "each resolution needs one of both.",
                parameter
            );
        var patched = Channels * PatchSize * PatchSize;
        return new TrunkPlan
        {
            InChannels = patched,
            OutChannels = LearnsVariance ? 2 * patched : patched,
            ModelChannels = ModelChannels,
            ChannelMultipliers = ChannelMultipliers,
            ResidualBlocks = ResidualBlocks,
            AttentionFactors = AttentionFactors,
            HeadChannels = HeadChannels,
            ScaleShift = true,
            ResizeByResidualBlocks = ResizeByResidualBlocks,
            Dropout = Dropout,
            Groups = Groups,
        };
    }
}
