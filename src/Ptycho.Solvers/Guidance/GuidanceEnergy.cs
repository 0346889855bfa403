namespace Ptycho.Solvers.Guidance;

/// <summary>The energy whose gradient guides a sampler.</summary>
public enum GuidanceEnergy
{
    /// <summary>‖y − |A x̂₀|‖₁, as Cam et al. (arXiv:2502.18767, Algorithm 1).</summary>
    AbsoluteNorm,

    /// <summary>‖y − |A x̂₀|‖₂, the norm itself and not its square, as Chung et al. (arXiv:2209.14687).</summary>
    EuclideanNorm,

    /// <summary>The likelihood's own energy, such as Poisson's.</summary>
    Energy,
}
