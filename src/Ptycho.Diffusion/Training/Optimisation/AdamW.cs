using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019; Adam where the weight decay is 0) whose whole state is plain tensors, named as
/// the parameters: it goes into a checkpoint and comes back bit for bit. On the CPU a step is one fused pass over the
/// memory of weights, gradients and moments; elsewhere it is in-place tensor operations.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private readonly NamedTensors parameters;
    private readonly AdamWOptions options;

    public AdamW(NamedTensors parameters, AdamWOptions options)
    {
        this.parameters = parameters;
        this.options = options;
        First = parameters.ZerosLike();
        Second = parameters.ZerosLike();
    }

    /// <summary>Running mean of the gradients.</summary>
    public NamedTensors First { get; }

    /// <summary>Running mean of the squared gradients.</summary>
    public NamedTensors Second { get; }

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <param name="step">Steps taken before, from 0.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="gradientScale">Factor on every gradient, for clipping.</param>
    public void Step(long step, double rate, double gradientScale)
    {
        var numbers = new AdamWNumbers(options, step, rate, gradientScale);
        using var noGrad = no_grad();
        for (var i = 0; i < parameters.Count; i++)
        {
            using var scope = NewDisposeScope();
            var parameter = parameters[i];
            var gradient = parameter.grad;
            if (gradient is null)
                continue;
            if (CpuMemory.Fits(parameter))
                AdamWKernel.Step(
                    CpuMemory.Values(parameter),
                    CpuMemory.Values(gradient.contiguous()),
                    CpuMemory.Values(First[i]),
                    CpuMemory.Values(Second[i]),
                    numbers
                );
            else
                StepWithTensors(parameter, gradient, First[i], Second[i], numbers);
        }
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }

    internal static void StepWithTensors(
        Tensor parameter,
        Tensor gradient,
        Tensor first,
        Tensor second,
        AdamWNumbers numbers
    )
    {
        using var scope = NewDisposeScope();
        var g = gradient * numbers.GradientScale;
        first.mul_(numbers.Beta1).add_(g * numbers.OneMinusBeta1);
        second.mul_(numbers.Beta2).add_(g * g * numbers.OneMinusBeta2);
        var root = second.sqrt() * numbers.SecondScale + numbers.Epsilon;
        parameter.mul_(numbers.Shrink).sub_(first / root * numbers.FirstScale);
    }
}
