using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Predictions;

/// <summary>
/// The numbers of a prediction at one level: x̂₀ = Skip·x + Output·F(Input·x), and the value that F should have for
/// known data, TargetSample·x₀ + TargetNoise·ε.
/// </summary>
/// <param name="Skip">The weight of the noisy state in x̂₀.</param>
/// <param name="Output">The weight of the network's output in x̂₀; never 0.</param>
/// <param name="Input">The scale of the network's input.</param>
/// <param name="TargetSample">The weight of x₀ in the target.</param>
/// <param name="TargetNoise">The weight of ε in the target.</param>
public readonly record struct PredictionScales(
    double Skip,
    double Output,
    double Input,
    double TargetSample,
    double TargetNoise
)
{
    /// <summary>x̂₀ from the state and the network's output.</summary>
    /// <param name="state">x.</param>
    /// <param name="output">F.</param>
    public Tensor Denoise(Tensor state, Tensor output) => Combine(state, Skip, output, Output);

    /// <summary>The output F that belongs to a state and an estimate x̂₀.</summary>
    /// <param name="state">x.</param>
    /// <param name="sample">x̂₀.</param>
    public Tensor OutputFor(Tensor state, Tensor sample) => Combine(state, -Skip / Output, sample, 1 / Output);

    /// <summary>The target for known data and noise.</summary>
    /// <param name="sample">x₀.</param>
    /// <param name="noise">ε.</param>
    public Tensor Target(Tensor sample, Tensor noise) => Combine(sample, TargetSample, noise, TargetNoise);

    private static Tensor Combine(Tensor first, double a, Tensor second, double b)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var scope = NewDisposeScope();
        using Scalar firstWeight = a,
            secondWeight = b;
        return first.mul(firstWeight).add(second, secondWeight).MoveToOuterDisposeScope();
    }
}
