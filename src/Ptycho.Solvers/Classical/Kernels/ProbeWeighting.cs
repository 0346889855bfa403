using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// How a step of the exit wave is given to the probe: γ·conj(o)/((1 − β)|o|² + β·max|o|²), max over the window; or
/// conj(o), the gradient.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProbeWeighting(bool IsGradient, double Beta, double Gamma)
{
    public static ProbeWeighting Gradient => new(true, 0, 0);

    public static ProbeWeighting Rpie(double beta, double gamma) => new(false, beta, gamma);
}
