using System.Collections.Immutable;
using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Networks;

/// <summary>
/// The configuration of guided-diffusion's U-Net (Dhariwal and Nichol, 2021), with its options under clear names.
/// </summary>
public sealed record UNetOptions
{
    private readonly int _channels = 2;
    private readonly int _modelChannels = 128;
    private readonly ImmutableArray<double> _multipliers = [1, 1, 2, 2, 4, 4];
    private readonly ImmutableArray<int> _attention = [16];
    private readonly int _residualBlocks = 1;
    private readonly int _heads = 4;
    private readonly int _headsUp = -1;
    private readonly int _headChannels = 64;
    private readonly double _dropout;
    private readonly int _groups = 32;

    /// <summary>Channels of an image (in_channels); 2 for complex objects.</summary>
    public int Channels
    {
        get => _channels;
        init => _channels = OptionChecks.Between(1, 4096, value, nameof(Channels));
    }

    /// <summary>Channels at the first resolution before multipliers (model_channels).</summary>
    public int ModelChannels
    {
        get => _modelChannels;
        init => _modelChannels = OptionChecks.Between(1, 65536, value, nameof(ModelChannels));
    }

    /// <summary>A factor on the channels for each resolution, finest first (channel_mult).</summary>
    public ImmutableArray<double> ChannelMultipliers
    {
        get => _multipliers;
        init => _multipliers = OptionChecks.Multipliers(value, nameof(ChannelMultipliers));
    }

    /// <summary>Residual blocks of each resolution on the way down (num_res_blocks).</summary>
    public int ResidualBlocks
    {
        get => _residualBlocks;
        init => _residualBlocks = OptionChecks.AtLeast(1, value, nameof(ResidualBlocks));
    }

    /// <summary>Downsampling factors at which there is attention (attention_resolutions); may be empty.</summary>
    public ImmutableArray<int> AttentionFactors
    {
        get => _attention;
        init =>
            _attention = OptionChecks.EachOrNone(value, factor => factor >= 1, "at least 1", nameof(AttentionFactors));
    }

    /// <summary>Attention heads, used where HeadChannels is −1 (num_heads).</summary>
    public int Heads
    {
        get => _heads;
        init => _heads = OptionChecks.AtLeast(1, value, nameof(Heads));
    }

    /// <summary>Attention heads on the way up; −1 for as many as Heads (num_heads_upsample).</summary>
    public int HeadsUp
    {
        get => _headsUp;
        init => _headsUp = value == -1 ? value : OptionChecks.AtLeast(1, value, nameof(HeadsUp));
    }

    /// <summary>Channels of each attention head, or −1 to use Heads (num_head_channels).</summary>
    public int HeadChannels
    {
        get => _headChannels;
        init => _headChannels = value == -1 ? value : OptionChecks.AtLeast(1, value, nameof(HeadChannels));
    }

    /// <summary>True: q, k and v are split before the heads (use_new_attention_order).</summary>
    public bool SplitQueryKeyValueFirst { get; init; }

    /// <summary>True: the time scales and shifts the second norm of a block (use_scale_shift_norm).</summary>
    public bool ScaleShiftNorm { get; init; } = true;

    /// <summary>True: residual blocks change the size (resblock_updown).</summary>
    public bool ResizeByResidualBlocks { get; init; } = true;

    /// <summary>True: the size changes by learned convolutions, where residual blocks do not (conv_resample).</summary>
    public bool LearnedResampling { get; init; } = true;

    /// <summary>True: the output also holds the variance, in twice the channels (learn_sigma).</summary>
    public bool LearnsVariance { get; init; }

    /// <summary>Share of activations dropped in training, in [0, 1); drawn from torch's global generator.</summary>
    public double Dropout
    {
        get => _dropout;
        init => _dropout = OptionChecks.Fraction(value, nameof(Dropout));
    }

    /// <summary>Groups of each normalisation; 32 in the original. With few channels, 8 are better.</summary>
    public int Groups
    {
        get => _groups;
        init => _groups = OptionChecks.AtLeast(1, value, nameof(Groups));
    }

    /// <summary>
    /// The network of the paper: the FFHQ configuration of DPS (Chung et al., 2022: 128 channels, factors
    /// 1 1 2 2 4 4, one block, attention at factor 16, 64 channels a head, scale-shift, learned variance) on the
    /// two channels of an object.
    /// </summary>
    public static UNetOptions Paper => new() { LearnsVariance = true };

    /// <inheritdoc/>
    public bool Equals(UNetOptions? other) =>
        other is not null && string.Equals(NetworkJson.Write(this), NetworkJson.Write(other), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(NetworkJson.Write(this));

    internal TrunkPlan Plan() =>
        new()
        {
            InChannels = Channels,
            OutChannels = LearnsVariance ? 2 * Channels : Channels,
            ModelChannels = ModelChannels,
            ChannelMultipliers = ChannelMultipliers,
            ResidualBlocks = [.. ChannelMultipliers.Select(_ => ResidualBlocks)],
            AttentionFactors = AttentionFactors,
            Heads = Heads,
            HeadsUp = HeadsUp == -1 ? Heads : HeadsUp,
            HeadChannels = HeadChannels,
            SplitQueryKeyValueFirst = SplitQueryKeyValueFirst,
            ScaleShift = ScaleShiftNorm,
            ResizeByResidualBlocks = ResizeByResidualBlocks,
            LearnedResampling = LearnedResampling,
            Dropout = Dropout,
            Groups = Groups,
        };
}
