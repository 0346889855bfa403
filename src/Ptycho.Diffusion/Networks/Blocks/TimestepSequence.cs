using System.Globalization;
using Ptycho.Diffusion.Networks.Layers;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Blocks;

/// <summary>
/// Modules one after the other, named 0, 1, …; those that need the activated time embedding [B, E] are given it.
/// Results between them die at once unless autograd keeps them.
/// </summary>
internal sealed class TimestepSequence : ConditionedModule
{
    private readonly nn.Module[] _steps;

    public TimestepSequence(IEnumerable<nn.Module> steps)
        : base(nameof(TimestepSequence))
    {
        _steps = [.. steps];
        for (var i = 0; i < _steps.Length; i++)
            register_module(i.ToString(CultureInfo.InvariantCulture), _steps[i]);
    }

    public override Tensor forward(Tensor input, Tensor embedding)
    {
        using var scope = NewDisposeScope();
        var state = input;
        foreach (var step in _steps)
            state = step switch
            {
                ResidualBlock block => block.forward(state, embedding),
                nn.Module<Tensor, Tensor> plain => plain.forward(state),
                _ => throw new InvalidOperationException($"{step.GetType().Name} is not a step of a U-Net."),
            };
        return state.MoveToOuterDisposeScope();
    }
}
