using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Transforms;

/// <summary>The numbers of a <see cref="MagnitudePhaseTransform"/>.</summary>
public sealed record MagnitudePhaseOptions
{
    private readonly double _magnitudeMean = 0.95;
    private readonly double _magnitudeScale = 0.35;
    private readonly double _phaseScale = 0.5;
    private readonly double _clipMinimum = -2.8;
    private readonly double _clipMaximum = 4;

    /// <summary>The magnitude that becomes 0. Finite.</summary>
    public double MagnitudeMean
    {
        get => _magnitudeMean;
        init => _magnitudeMean = OptionChecks.Finite(value, nameof(MagnitudeMean));
    }

    /// <summary>The magnitude of one channel unit. Positive.</summary>
    public double MagnitudeScale
    {
        get => _magnitudeScale;
        init => _magnitudeScale = OptionChecks.Positive(value, nameof(MagnitudeScale));
    }

    /// <summary>Radians of one channel unit. Positive.</summary>
    public double PhaseScale
    {
        get => _phaseScale;
        init => _phaseScale = OptionChecks.Positive(value, nameof(PhaseScale));
    }

    /// <summary>The lowest value of a channel after <see cref="IDataTransform.Clip"/>.</summary>
    public double ClipMinimum
    {
        get => _clipMinimum;
        init => _clipMinimum = OptionChecks.Finite(value, nameof(ClipMinimum));
    }

    /// <summary>The highest value of a channel after <see cref="IDataTransform.Clip"/>.</summary>
    public double ClipMaximum
    {
        get => _clipMaximum;
        init => _clipMaximum = OptionChecks.Finite(value, nameof(ClipMaximum));
    }
}
