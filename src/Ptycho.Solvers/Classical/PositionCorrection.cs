using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// How the positions are corrected while the object is found: after each frame's update its position moves by the
/// shift d that best explains what was left, min_d ‖ψ' − ψ − P·(d·∇o)‖² (the geometric refinement of Odstrčil, Menzel,
/// Guizar-Sicairos, Opt. Express 26, 3108, 2018). The mean of all positions is kept, for it is arbitrary.
/// </summary>
public sealed record PositionCorrection
{
    /// <summary>Iterations before the positions move, at least 0: the object must show something first.</summary>
    public int StartIteration
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(StartIteration));
    } = 10;

    /// <summary>The part of the estimated shift that is taken, in (0, 2].</summary>
    public double Relaxation
    {
        get;
        init
        {
            Require.Positive(value, nameof(Relaxation));
            field = Require.Between(value, 0, 2, nameof(Relaxation));
        }
    } = 0.5;

    /// <summary>A position never goes further than this from where it was measured, on each axis; pixels, above 0.</summary>
    public double LargestShift
    {
        get;
        init
        {
            Require.Positive(value, nameof(LargestShift));
            field = Require.Between(value, 0, 1000, nameof(LargestShift));
        }
    } = 4;
}
