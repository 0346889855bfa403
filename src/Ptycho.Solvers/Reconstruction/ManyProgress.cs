using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>Where a solver of many measurements stands.</summary>
/// <param name="Iteration">Iterations done, from 1.</param>
/// <param name="Total">Iterations at most.</param>
/// <param name="Running">Measurements whose stop rules did not hold before this iteration.</param>
/// <param name="Residual">The root mean square of their relative amplitude residuals in this iteration.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ManyProgress(int Iteration, int Total, int Running, double Residual);
