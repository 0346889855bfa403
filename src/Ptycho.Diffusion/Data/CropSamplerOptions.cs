using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Data;

/// <summary>How crops are drawn: the paper's random rotation, scaling and cropping, and mirror images.</summary>
public sealed record CropSamplerOptions
{
    /// <summary>The smallest magnification, above 0 and at most <see cref="MaximumScale"/>; .8 by default.</summary>
    public double MinimumScale
    {
        get;
        init => field = OptionChecks.Positive(value, nameof(MinimumScale));
    } = 0.8;

    /// <summary>The largest magnification; 1.25 by default.</summary>
    public double MaximumScale
    {
        get;
        init => field = OptionChecks.Positive(value, nameof(MaximumScale));
    } = 1.25;

    /// <summary>Whether crops are turned by an angle uniform in [0, 2π); true by default.</summary>
    public bool Rotate { get; init; } = true;

    /// <summary>Whether half of the crops are mirrored; true by default.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>The seed of everything that is drawn.</summary>
    public ulong Seed { get; init; }
}
