using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// How the probe is refined together with the object, starting from the measurement's probe. The split of a scale
/// between probe and object is arbitrary; with a start from the data the probe takes it, and the object starts at 1.
/// The measurement's probe itself is not changed: the refined one is in the result, its modes (if it has several)
/// orthogonal and the strongest first. <see cref="Ptycho.Physics.Probes.ProbeModes.Expand"/> gives modes to start from.
/// </summary>
public sealed record ProbeRefinement
{
    // What maximum likelihood's long steps put into the probe while the object is still far off stays there: docs/choosing.md.
    internal const int LikelihoodStart = 10;

    internal const int SteadyStart = 1;

    /// <summary>
    /// Iterations that only the object is updated in at first, at least 0; null (the default): as suits the solver, 10 for
    /// maximum likelihood and 1 for the others. A run that ends before keeps the probe that it was given.
    /// </summary>
    public int? StartIteration
    {
        get;
        init => field = value is { } start ? Require.AtLeast(start, 0, nameof(StartIteration)) : null;
    }

    /// <summary>
    /// Regularisation β of rPIE's probe step in (0, 1]; 1 is ePIE's rule. AWF does not use it.
    /// </summary>
    public double Beta
    {
        get;
        init
        {
            Require.Positive(value, nameof(Beta));
            field = Require.Between(value, 0, 1, nameof(Beta));
        }
    } = 1;

    /// <summary>Step of the probe, above 0, in units of each method's own.</summary>
    public double Gamma
    {
        get;
        init => field = Require.Positive(value, nameof(Gamma));
    } = 1;

    internal bool HasBegun(int done, int usual) => done >= (StartIteration ?? usual);
}
