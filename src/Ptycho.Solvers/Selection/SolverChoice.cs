using Ptycho.Physics.Files;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Selection;

/// <summary>A solver, and why it was taken.</summary>
/// <param name="Solver">The solver, ready to be used for the measurement that it was chosen for.</param>
/// <param name="Kind">Which one it is; never <see cref="SolverKind.Automatic"/>.</param>
/// <param name="Reason">Why, in a sentence or two.</param>
/// <param name="Preflight">What was seen in the measurement.</param>
public sealed record SolverChoice(
    IReconstructionSolver Solver,
    SolverKind Kind,
    string Reason,
    PreflightReport Preflight
);
