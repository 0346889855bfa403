namespace Ptycho.Solvers.Classical;

/// <summary>What the detector's noise is taken to be.</summary>
public enum NoiseModel
{
    /// <summary>½ Σ w(|Ψ| − a)²: the square root makes counting noise uniform; right from a few counts a pixel on.</summary>
    Amplitude,

    /// <summary>¼ Σ w(m − n + n·ln(n/m)), m = |Ψ|² + b, n = a² + b: counts, also where they are few.</summary>
    Poisson,
}
