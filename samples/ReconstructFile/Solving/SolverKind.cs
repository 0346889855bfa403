namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>The solvers that can be asked for.</summary>
internal enum SolverKind
{
    Auto,
    Rpie,
    Awf,
    Annealed,
    Dps,
}
