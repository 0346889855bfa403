using Ptycho.IO;
using Ptycho.Physics.Validation;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Classical;

/// <summary>Options of <see cref="RpieSolver"/>.</summary>
public sealed record RpieOptions
{
    /// <summary>
    /// ePIE (Maiden and Rodenburg, Ultramicroscopy 109, 1256, 2009): α = 1 and, for a refined probe, β = 1, which is
    /// <see cref="ProbeRefinement"/>'s default.
    /// </summary>
    public static RpieOptions Epie { get; } = new() { Alpha = 1 };

    /// <summary>mPIE (Maiden, Johnson, Li, Optica 4, 736, 2017): rPIE with momentum, and a smaller γ that goes with it.</summary>
    public static RpieOptions Mpie { get; } = new() { Gamma = 0.2, Momentum = new PieMomentum() };

    /// <summary>When to end; an iteration is one sweep over all frames, 300 by default.</summary>
    public StopRules Stop
    {
        get;
        init => field = Require.NotNull(value, nameof(Stop));
    } = new();

    /// <summary>What to start from when <see cref="InitialObject"/> is null.</summary>
    public StartObject Start
    {
        get;
        init => field = Require.Defined(value, nameof(Start));
    } = StartObject.DataScale;

    /// <summary>The object to start from, of the measurement's shape; null for <see cref="Start"/>. Not changed.</summary>
    public ComplexField? InitialObject { get; init; }

    /// <summary>
    /// Regularisation α in (0, 1]: 1 is ePIE, small values weight dim pixels more and may diverge (below about 0.1).
    /// </summary>
    public double Alpha
    {
        get;
        init
        {
            Require.Positive(value, nameof(Alpha));
            field = Require.Between(value, 0, 1, nameof(Alpha));
        }
    } = 0.25;

    /// <summary>Step γ of the object, above 0.</summary>
    public double Gamma
    {
        get;
        init => field = Require.Positive(value, nameof(Gamma));
    } = 1;

    /// <summary>The momentum that makes it mPIE, or null (the default) for none.</summary>
    public PieMomentum? Momentum { get; init; }

    /// <summary>The order of the frames.</summary>
    public FrameOrder Order
    {
        get;
        init => field = Require.Defined(value, nameof(Order));
    } = FrameOrder.Random;

    /// <summary>Seed of the random order.</summary>
    public ulong Seed { get; init; }

    /// <summary>How the probe is refined, or null (the default): it is known, and stays as it is, bit for bit.</summary>
    public ProbeRefinement? Refinement { get; init; }

    /// <summary>How the positions are corrected, or null (the default): they are known.</summary>
    public PositionCorrection? Correction { get; init; }

    /// <summary>What the options make of it.</summary>
    internal string Method =>
        Momentum is not null ? "mPIE"
        : Alpha == 1 ? "ePIE"
        : "rPIE";
}
