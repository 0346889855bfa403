using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Refinement;

/// <summary>A first probe and first positions, by classical solvers that know nothing of the prior.</summary>
internal static class JointStart
{
    // Where frames overlap little rPIE must move dim pixels slowly.
    private const double Alpha = 0.5;

    internal static JointState Run(
        Measurement measured,
        JointState state,
        JointRefinement options,
        bool findPositions,
        double smoothness,
        int threads,
        CancellationToken cancellationToken
    )
    {
        if (options.StartIterations == 0 || !(options.Probe || findPositions))
            return state;
        var measurement = state.Of(measured);
        var stop = new StopRules { Iterations = options.StartIterations };
        var start = ComplexField.Constant(measured.ObjectHeight, measured.ObjectWidth, 1);
        IReconstructionSolver solver = findPositions
            ? new RpieSolver(
                new RpieOptions
                {
                    InitialObject = start,
                    Stop = stop,
                    Alpha = Alpha,
                    Refinement = options.Probe ? new ProbeRefinement() : null,
                    Correction = new PositionCorrection { LargestShift = options.LargestShift },
                }
            )
            : new AwfSolver(
                new AwfOptions
                {
                    InitialObject = start,
                    Stop = stop,
                    Smoothness = smoothness,
                    Threads = threads,
                    Refinement = new ProbeRefinement(),
                }
            );
        var found = solver.Solve(measurement, cancellationToken: cancellationToken);
        return state with
        {
            Probe = options.Probe ? ExperimentRefiner.WithEnergy(found.Probe, measured.Probe.Energy) : state.Probe,
            Positions = found.Positions ?? state.Positions,
        };
    }
}
