using static TorchSharp.torch;

namespace Ptycho.Solvers.Batches;

/// <summary>States of one object that wait to be denoised.</summary>
internal sealed class StateRequest(int index, Tensor states, int level)
{
    internal int Index { get; } = index;

    /// <summary>float32 [C, 2, H, W]; stays the object's.</summary>
    internal Tensor States { get; } = states;

    /// <summary>What may be denoised in one call: one level and one size.</summary>
    internal (int Level, long Height, long Width) Kind { get; } = (level, states.shape[2], states.shape[3]);

    /// <summary>Whether the states are being denoised: until that ends they must not go away.</summary>
    internal bool Taken { get; set; }

    /// <summary>x̂₀, outside every scope; null until it is there.</summary>
    internal Tensor? Denoised { get; set; }
}
