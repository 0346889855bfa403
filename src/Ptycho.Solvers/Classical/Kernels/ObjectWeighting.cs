using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>How a step of the exit wave is given to the object.</summary>
/// <param name="IsGradient">conj(P), the gradient; otherwise the regularised weight of rPIE.</param>
/// <param name="Alpha">α of rPIE.</param>
/// <param name="Gamma">Step γ of rPIE.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ObjectWeighting(bool IsGradient, double Alpha, double Gamma)
{
    public static ObjectWeighting Gradient => new(true, 0, 0);

    public static ObjectWeighting Rpie(double alpha, double gamma) => new(false, alpha, gamma);

    /// <summary>a, b and f of f·conj(P)/(a·|P|² + b), for a probe P that is divided by √size.</summary>
    public (float A, float B, float Factor) Coefficients(float largest, int size) =>
        IsGradient ? (0, 1, 1) : ((float)((1 - Alpha) * size), (float)(Alpha * size * largest), (float)Gamma);
}
