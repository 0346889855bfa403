using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>
/// Draws the first values of a network's parameters from one seed, in the order in which the layers are made; torch's
/// global generator is not touched. Parameters are detached from any dispose scope: their module owns them.
/// </summary>
internal sealed class WeightInitializer(long seed) : IDisposable
{
    private readonly Generator _generator = new Generator(0, CPU).manual_seed(seed);

    /// <summary>U(−1/√fanIn, 1/√fanIn), or zeros.</summary>
    public Parameter Draw(bool zero, long fanIn, params long[] shape)
    {
        if (zero)
            return Constant(0, shape);
        var bound = 1 / Math.Sqrt(fanIn);
        using (no_grad())
            return Own(empty(shape, dtype: ScalarType.Float32).uniform_(-bound, bound, _generator));
    }

    /// <summary>One number everywhere.</summary>
    public static Parameter Constant(float value, params long[] shape) =>
        Own(full(shape, value, dtype: ScalarType.Float32));

    public void Dispose() => _generator.Dispose();

    private static Parameter Own(Tensor values)
    {
        var parameter = nn.Parameter(values);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
