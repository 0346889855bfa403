using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// How well far fields explain the data. Far fields are complex64 [B, K, M, h, w]; the incoherent modes' intensities
/// add up, so the model of the amplitude is a = √Σ_m |ψ_m|². Pixels that a mask excludes contribute nothing.
/// </summary>
public interface ILikelihood : IDisposable
{
    /// <summary>The name, for reports.</summary>
    string Name { get; }

    /// <summary>The energy of each object's far fields, float32 [B], in the caller's dispose scope.</summary>
    Tensor Energy(Tensor farField);

    /// <summary>
    /// The gradient g with dE = Re⟨g, dψ⟩, of the far field's shape, in the caller's dispose scope; 0 where ψ is 0.
    /// </summary>
    Tensor Gradient(Tensor farField);
}
