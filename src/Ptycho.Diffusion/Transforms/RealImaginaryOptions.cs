using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Transforms;

/// <summary>The numbers of a <see cref="RealImaginaryTransform"/>.</summary>
public sealed record RealImaginaryOptions
{
    private readonly double _realMean = 0.8;
    private readonly double _imaginaryMean;
    private readonly double _scale = 0.5;
    private readonly double _clip = 4;

    /// <summary>The real part that becomes 0. Finite.</summary>
    public double RealMean
    {
        get => _realMean;
        init => _realMean = OptionChecks.Finite(value, nameof(RealMean));
    }

    /// <summary>The imaginary part that becomes 0. Finite.</summary>
    public double ImaginaryMean
    {
        get => _imaginaryMean;
        init => _imaginaryMean = OptionChecks.Finite(value, nameof(ImaginaryMean));
    }

    /// <summary>One channel unit, the same for both parts. Positive.</summary>
    public double Scale
    {
        get => _scale;
        init => _scale = OptionChecks.Positive(value, nameof(Scale));
    }

    /// <summary>Channels are clipped to ±this. Positive.</summary>
    public double ClipMagnitude
    {
        get => _clip;
        init => _clip = OptionChecks.Positive(value, nameof(ClipMagnitude));
    }
}
