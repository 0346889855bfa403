using static TorchSharp.torch;

namespace Ptycho.Diffusion.Transforms;

/// <summary>
/// The invertible map between a complex object and a network's two real channels; it is stored with a prior.
/// Implementations are immutable, differentiable by autograd, and leave the tensors they are given alone.
/// </summary>
public interface IDataTransform
{
    /// <summary>The name under which the transform is stored, for example "magnitude-phase".</summary>
    public string Name { get; }

    /// <summary>The numbers that the transform is made from, as they are stored.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>Channels of an object.</summary>
    /// <param name="obj">complex64 [B, H, W].</param>
    /// <returns>float32 [B, 2, H, W], in the caller's scope.</returns>
    public Tensor ToChannels(Tensor obj);

    /// <summary>The object of channels.</summary>
    /// <param name="channels">float32 [B, 2, H, W].</param>
    /// <returns>complex64 [B, H, W], in the caller's scope.</returns>
    public Tensor ToObject(Tensor channels);

    /// <summary>Channels limited to the range that data can have; a denoised estimate outside it is wrong.</summary>
    /// <param name="channels">float32 [B, 2, H, W].</param>
    /// <returns>A new tensor of the same shape, in the caller's scope.</returns>
    public Tensor Clip(Tensor channels);
}
