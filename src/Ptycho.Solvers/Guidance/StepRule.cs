namespace Ptycho.Solvers.Guidance;

/// <summary>How a guided sampler turns a gradient into a step.</summary>
public enum StepRule
{
    /// <summary>ζ times the gradient: ζ depends on the data's unit, their number and the energy.</summary>
    Constant,

    /// <summary>
    /// A step whose rms is the fraction ζ of rms(ε)·√(1−ᾱ_t), the noise still in the state (FreeDoM, Yu et al. 2023):
    /// ζ means the same for all data.
    /// </summary>
    Normalized,
}
