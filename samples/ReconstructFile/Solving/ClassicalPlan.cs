using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>A classical solver with its options, for all iterations or for a part that goes on from a state.</summary>
/// <param name="Kind">rPIE or AWF.</param>
/// <param name="Iterations">Iterations in all.</param>
/// <param name="RefineProbe">Whether the probe is refined.</param>
/// <param name="CorrectPositions">Whether the positions are corrected; rPIE alone can.</param>
/// <param name="Seed">Seed of rPIE's order of frames.</param>
internal sealed record ClassicalPlan(
    SolverKind Kind,
    int Iterations,
    bool RefineProbe,
    bool CorrectPositions,
    ulong Seed
)
{
    /// <summary>Holds down what the data leave free; the value is that of docs/method.md.</summary>
    private const double Smoothness = 1e-3;

    /// <summary>Real data with an unknown probe want shorter steps than simulations (a Siemens star at 9 px steps).</summary>
    private const double CautiousAlpha = 0.5;
    private const double CautiousStep = 0.3;
    private const double CautiousProbeStep = 0.1;

    /// <summary>The options of the whole run.</summary>
    public object Options => Kind == SolverKind.Rpie ? Rpie(0, Iterations, null) : Awf(0, Iterations, null);

    public PositionCorrection? Correction => CorrectPositions ? new PositionCorrection() : null;

    /// <summary>The solver of a part.</summary>
    /// <param name="done">Iterations that were done before it.</param>
    /// <param name="count">Its own iterations.</param>
    /// <param name="state">The state that it goes on from; null starts anew.</param>
    public IReconstructionSolver Create(int done, int count, ClassicalState? state) =>
        Kind == SolverKind.Rpie ? new RpieSolver(Rpie(done, count, state)) : new AwfSolver(Awf(done, count, state));

    private RpieOptions Rpie(int done, int count, ClassicalState? state)
    {
        var cautious = RefineProbe || CorrectPositions;
        var options = new RpieOptions
        {
            Stop = new StopRules { Iterations = count },
            InitialObject = state?.Object,
            // Each part has an order of its own.
            Seed = Seed + (ulong)done,
            Refinement = Refinement(done, cautious ? CautiousProbeStep : 1),
            Correction = Correction is { } correction
                ? correction with
                {
                    StartIteration = Math.Max(0, correction.StartIteration - done),
                }
                : null,
        };
        return cautious ? options with { Alpha = CautiousAlpha, Gamma = CautiousStep } : options;
    }

    private AwfOptions Awf(int done, int count, ClassicalState? state) =>
        new()
        {
            Stop = new StopRules { Iterations = count },
            InitialObject = state?.Object,
            Smoothness = Smoothness,
            Refinement = Refinement(done, 1),
        };

    private ProbeRefinement? Refinement(int done, double step)
    {
        if (!RefineProbe)
            return null;
        var refinement = new ProbeRefinement { Gamma = step };
        return refinement with { StartIteration = Math.Max(0, refinement.StartIteration - done) };
    }
}
