using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>Standard normal noise from a seed. It is drawn on the CPU, so that a run sees the same noise on every device.</summary>
internal static class StepNoise
{
    public static Tensor Like(Tensor batch, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        var noise = randn(batch.shape, dtype: ScalarType.Float32, generator: generator);
        return noise.to(batch.device).MoveToOuterDisposeScope();
    }
}
