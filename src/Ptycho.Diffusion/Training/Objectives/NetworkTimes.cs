using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>The times t = level − 1 that a network is asked with, float32 [B].</summary>
internal static class NetworkTimes
{
    public static Tensor Of(int[] levels, Device device) =>
        tensor(Array.ConvertAll(levels, level => level - 1f), dtype: ScalarType.Float32, device: device);
}
