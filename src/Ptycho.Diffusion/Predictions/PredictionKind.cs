namespace Ptycho.Diffusion.Predictions;

/// <summary>What a network's output stands for.</summary>
public enum PredictionKind
{
    /// <summary>The noise ε (DDPM).</summary>
    Epsilon,

    /// <summary>The clean sample x₀.</summary>
    Sample,

    /// <summary>v = √ᾱ·ε − √(1−ᾱ)·x₀ (Salimans and Ho, 2022).</summary>
    Velocity,

    /// <summary>The score ∇ log p(x) = −ε/√(1−ᾱ).</summary>
    Score,

    /// <summary>The preconditioned output of Karras et al. (2022), with skip, output and input scales.</summary>
    Preconditioned,
}
