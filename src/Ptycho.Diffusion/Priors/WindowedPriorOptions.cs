using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Priors;

/// <summary>How a <see cref="WindowedPrior"/> cuts a field.</summary>
public sealed record WindowedPriorOptions
{
    private readonly int _windowSize = 128;
    private readonly int _overlap = 32;
    private readonly int _batch = 8;

    /// <summary>Side of a window, pixels: the size at which the prior was trained. At least 8.</summary>
    public int WindowSize
    {
        get => _windowSize;
        init => _windowSize = OptionChecks.AtLeast(8, value, nameof(WindowSize));
    }

    /// <summary>
    /// Pixels that neighbouring windows share, at least, while the grid is not shifted; below half of
    /// <see cref="WindowSize"/>. A shifted grid keeps half of it. Over it one window fades into the next.
    /// </summary>
    public int Overlap
    {
        get => _overlap;
        init => _overlap = OptionChecks.AtLeast(2, value, nameof(Overlap));
    }

    /// <summary>Windows denoised at once, at least 1: it bounds the memory, whatever the size of the field.</summary>
    public int Batch
    {
        get => _batch;
        init => _batch = OptionChecks.AtLeast(1, value, nameof(Batch));
    }

    /// <summary>
    /// Whether the inner windows lie elsewhere at every level, so that no seam can build up. The place depends on
    /// <see cref="Seed"/> and the level alone: the same call gives the same bits.
    /// </summary>
    public bool Shift { get; init; } = true;

    /// <summary>Seed of the shifts.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether each window is turned to the gauge of the training, arg Σ f = 0, and back afterwards.</summary>
    public bool FixGauge { get; init; } = true;
}
