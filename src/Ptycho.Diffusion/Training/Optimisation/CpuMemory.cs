using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>The memory of contiguous float32 tensors on the CPU; valid while the tensor lives.</summary>
internal static class CpuMemory
{
    public static bool Fits(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous();

    public static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
