using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>A denoised estimate and the place w of the step's log variance: w·log β + (1 − w)·log β̃.</summary>
/// <param name="Sample">x̂₀, float32 [B, 2, H, W].</param>
/// <param name="Weight">w = (v + 1)/2 of the network's output v; 0 for β̃ and 1 for β, not clipped.</param>
public readonly record struct VarianceEstimate(Tensor Sample, Tensor Weight);
