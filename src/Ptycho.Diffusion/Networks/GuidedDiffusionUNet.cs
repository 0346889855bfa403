using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks;

/// <summary>
/// The U-Net of guided-diffusion (Dhariwal and Nichol, Diffusion Models Beat GANs on Image Synthesis, 2021), which
/// DPS uses. Keys of its state are those of the original, so that published weights load by name. Takes
/// [B, C, H, W] and times [B]; height and width are multiples of 2^(resolutions − 1).
/// </summary>
public sealed class GuidedDiffusionUNet : ScoreNetwork
{
    internal const string StoredName = "guided-diffusion-unet";

    private readonly UNetTrunk _trunk;

    /// <summary>A network with freshly drawn weights on the CPU; the output is 0 until it is trained.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentException">Channels do not divide into the groups or heads asked for.</exception>
    public GuidedDiffusionUNet(UNetOptions options, long seed = 0)
        : this(options, WeightInitializer.Seeded(seed)) { }

    internal GuidedDiffusionUNet(UNetOptions options, WeightInitializer initializer)
        : base(nameof(GuidedDiffusionUNet))
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        using (initializer)
            _trunk = new UNetTrunk(this, options.Plan(), initializer);
    }

    /// <summary>The configuration.</summary>
    public UNetOptions Options { get; }

    /// <inheritdoc/>
    public override string Architecture => StoredName;

    /// <inheritdoc/>
    public override int Channels => Options.Channels;

    /// <inheritdoc/>
    public override bool LearnsVariance => Options.LearnsVariance;

    /// <inheritdoc/>
    public override int SizeMultiple => 1 << (Options.ChannelMultipliers.Length - 1);

    /// <inheritdoc/>
    public override string Describe() => NetworkJson.Write(Options);

    /// <summary>The prediction at given times.</summary>
    /// <param name="input">float32 [B, C, H, W].</param>
    /// <param name="time">t = level − 1, float32 [B].</param>
    /// <returns>float32 [B, C or 2C, H, W], in the caller's scope.</returns>
    public override Tensor forward(Tensor input, Tensor time)
    {
        CheckInput(input, time);
        return _trunk.Forward(input, time);
    }
}
