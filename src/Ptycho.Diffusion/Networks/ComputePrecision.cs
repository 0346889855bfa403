namespace Ptycho.Diffusion.Networks;

/// <summary>The arithmetic of a network's convolutions; parameters, activations and gradients stay float32.</summary>
public enum ComputePrecision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>
    /// Input, weight and bias of each 2-D convolution are rounded to bfloat16 and the result is widened again.
    /// Faster where the device multiplies bfloat16 natively (AVX512-BF16, AMX, CUDA from compute capability 8.0).
    /// </summary>
    BFloat16,
}
