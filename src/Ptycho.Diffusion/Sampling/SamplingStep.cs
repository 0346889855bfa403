using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Sampling;

/// <summary>What a rule needs for one step down.</summary>
public sealed class SamplingStep
{
    /// <summary>The schedule.</summary>
    public required NoiseSchedule Schedule { get; init; }

    /// <summary>x at the level, float32 [B, 2, H, W].</summary>
    public required Tensor State { get; init; }

    /// <summary>x̂₀, of the same shape.</summary>
    public required Tensor Sample { get; init; }

    /// <summary>The learned variance's place between log β̃ and log β, or null.</summary>
    public Tensor? VarianceWeight { get; init; }

    /// <summary>The level of the state, 1…N.</summary>
    public required int Level { get; init; }

    /// <summary>The level wanted, 0…Level − 1.</summary>
    public required int NextLevel { get; init; }

    /// <summary>Where random numbers come from.</summary>
    public required Generator Generator { get; init; }

    /// <summary>Standard normal noise of the state's shape, in the caller's dispose scope.</summary>
    public Tensor DrawNoise() =>
        randn(State.shape, dtype: ScalarType.Float32, device: State.device, generator: Generator);
}
