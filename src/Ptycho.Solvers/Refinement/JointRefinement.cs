using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Refinement;

/// <summary>
/// What of the experiment the annealed solver finds together with the object. What is not named here is known, and stays
/// as it is, bit for bit. docs/method.md, "Unknown flux, probe and positions", has the steps.
/// </summary>
public sealed record JointRefinement
{
    /// <summary>Data of an unknown scale, probe and positions known.</summary>
    public static JointRefinement UnknownFlux => new() { Flux = true };

    /// <summary>A probe that is only roughly known, from data of an unknown scale.</summary>
    public static JointRefinement RoughProbe => new() { Flux = true, Probe = true };

    /// <summary>Positions with errors of a few pixels.</summary>
    public static JointRefinement RoughPositions => new() { Positions = true };

    /// <summary>Flux, probe and positions.</summary>
    public static JointRefinement Everything =>
        new()
        {
            Flux = true,
            Probe = true,
            Positions = true,
        };

    /// <summary>
    /// Whether the data have an unknown scale. It is found so that the object has the magnitudes that the prior expects,
    /// and is the result's DataScale. Without it the data are in the units of the probe.
    /// </summary>
    public bool Flux { get; init; }

    /// <summary>
    /// Whether the probe is refined, from the measurement's. Its energy stays that of the measurement's, for a scale between
    /// probe and object is arbitrary. So is a phase slope, which the prior settles: it knows objects without one.
    /// </summary>
    public bool Probe { get; init; }

    /// <summary>Whether the positions are corrected. Their mean stays, for it is arbitrary.</summary>
    public bool Positions { get; init; }

    /// <summary>A position never goes further than this from where it was measured, on each axis; pixels.</summary>
    public double LargestShift
    {
        get;
        init
        {
            Require.Positive(value, nameof(LargestShift));
            field = Require.Between(value, 0, 100, nameof(LargestShift));
        }
    } = 4;

    /// <summary>
    /// Sweeps of rPIE, or iterations of Wirtinger flow where the positions are known, that find a first probe and first
    /// positions without the prior; 0 leaves both to the annealing, and so do positions alone where frames are tried
    /// (<see cref="TrialSweeps"/>).
    /// </summary>
    public int StartIterations
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(StartIterations));
    } = 300;

    /// <summary>Steps of the probe at each level, at least 1, under the prior's estimate of the object.</summary>
    public int ProbeSteps
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(ProbeSteps));
    } = 80;

    /// <summary>
    /// The noise level σ below which positions are corrected: above it the prior's estimate has too little detail, and
    /// frames drift.
    /// </summary>
    public double PositionSigma
    {
        get;
        init => field = Require.Positive(value, nameof(PositionSigma));
    } = 0.35;

    /// <summary>
    /// How often each frame is tried a pixel further on, with its part of the object, at each level where positions are
    /// corrected; 0 for never. This is what finds positions where frames overlap little; where they overlap so much that it
    /// would take long, it is left out.
    /// </summary>
    public int TrialSweeps
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(TrialSweeps));
    } = 2;

    /// <summary>
    /// How often the annealing begins anew, with the positions found so far, where positions are corrected; at least 1, for
    /// once. Each pass but the last ends at σ = .1 and costs about three quarters of its network evaluations.
    /// </summary>
    public int Passes
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Passes));
    } = 3;
}
