using Ptycho.Diffusion.Networks.Blocks;
using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks;

/// <summary>
/// A small U-Net for CPUs: patches of pixels become channels, the body is that of guided-diffusion with 8 groups and
/// scale-shift norms, and channels become pixels again. Works at any size that is a multiple of
/// <see cref="ScoreNetwork.SizeMultiple"/>.
/// </summary>
public sealed class CompactUNet : ScoreNetwork
{
    internal const string StoredName = "compact-unet";

    private readonly UNetTrunk _trunk;

    /// <summary>A network with freshly drawn weights on the CPU; the output is 0 until it is trained.</summary>
    /// <param name="options">The configuration; the preset Compact if not given.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentException">Channels do not divide into the groups or heads asked for.</exception>
    public CompactUNet(CompactUNetOptions? options = null, long seed = 0)
        : this(options ?? CompactUNetOptions.Compact, WeightInitializer.Seeded(seed)) { }

    internal CompactUNet(CompactUNetOptions options, WeightInitializer initializer)
        : base(nameof(CompactUNet))
    {
        Options = options;
        using (initializer)
            _trunk = new UNetTrunk(this, options.Plan(nameof(options)), initializer);
    }

    /// <summary>The configuration.</summary>
    public CompactUNetOptions Options { get; }

    /// <inheritdoc/>
    public override string Architecture => StoredName;

    /// <inheritdoc/>
    public override int Channels => Options.Channels;

    /// <inheritdoc/>
    public override bool LearnsVariance => Options.LearnsVariance;

    /// <inheritdoc/>
    public override int SizeMultiple => Options.PatchSize << (Options.ChannelMultipliers.Length - 1);

    /// <inheritdoc/>
    public override string Describe() => NetworkJson.Write(Options);

    /// <summary>The prediction at given times.</summary>
    /// <param name="input">float32 [B, C, H, W].</param>
    /// <param name="time">t = level − 1, float32 [B].</param>
    /// <returns>float32 [B, C or 2C, H, W], in the caller's scope.</returns>
    public override Tensor forward(Tensor input, Tensor time)
    {
        CheckInput(input, time);
        using var scope = NewDisposeScope();
        var patched = Patches.ToChannels(input, Options.PatchSize);
        return Patches.ToPixels(_trunk.Forward(patched, time), Options.PatchSize).MoveToOuterDisposeScope();
    }
}
