using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>How a diffusion network is validated.</summary>
public sealed record DiffusionValidatorOptions
{
    /// <summary>Seed of the noise; noise and levels stay the same from one validation to the next.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Noise levels tried on each sample, at least 1; 1 by default.</summary>
    public int LevelsPerSample
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(LevelsPerSample));
    } = 1;

    /// <summary>Samples that go through the network together, at least 1; 8 by default.</summary>
    public int BatchSize
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(BatchSize));
    } = 8;

    /// <summary>Ranges of levels that are reported separately, at least 1; 10 by default.</summary>
    public int Bins
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(Bins));
    } = 10;
}
