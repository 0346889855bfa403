using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>Another kernel than the stored one, for a convolution that is cheaper than what it stands for.</summary>
internal interface IKernelForm
{
    /// <summary>The kernel and bias to convolve with, made from the stored ones so that gradients reach these.</summary>
    (Tensor Weight, Tensor Bias) Prepare(Tensor weight, Tensor bias);

    /// <summary>The layer's output from that of the convolution.</summary>
    Tensor Assemble(Tensor output);
}
