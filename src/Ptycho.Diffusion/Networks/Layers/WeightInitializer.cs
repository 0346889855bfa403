using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Networks.Layers;

/// <summary>
/// Makes a network's parameters, with values drawn from one seed in the order in which the layers are made; torch's
/// global generator is not touched. Parameters are detached from any dispose scope: their module owns them.
/// </summary>
internal sealed class WeightInitializer : IDisposable
{
    private readonly Generator? _generator;
    private long _left;

    private WeightInitializer(Generator? generator, long limit) => (_generator, _left) = (generator, limit);

    /// <summary>Draws from a seed.</summary>
    public static WeightInitializer Seeded(long seed) =>
        new(new Generator(0, CPU).manual_seed(seed), limit: long.MaxValue);

    /// <summary>Zeros, to be overwritten; refuses to make more numbers than a file has.</summary>
    public static WeightInitializer Blank(long limit) => new(generator: null, limit);

    /// <summary>U(−1/√fanIn, 1/√fanIn), or zeros.</summary>
    public Parameter Draw(bool zero, long fanIn, params long[] shape)
    {
        if (zero || _generator is null)
            return Constant(0, shape);
        Count(shape);
        var bound = 1 / Math.Sqrt(fanIn);
        using (no_grad())
            return Own(empty(shape, dtype: ScalarType.Float32).uniform_(-bound, bound, _generator));
    }

    /// <summary>One number everywhere.</summary>
    public Parameter Constant(float value, params long[] shape)
    {
        Count(shape);
        return Own(full(shape, value, dtype: ScalarType.Float32));
    }

    public void Dispose() => _generator?.Dispose();

    private void Count(long[] shape)
    {
        var count = shape.Aggregate(1L, (product, length) => checked(product * length));
        _left = count <= _left ? _left - count : throw new WeightLimitException();
    }

    private static Parameter Own(Tensor values)
    {
        var parameter = nn.Parameter(values);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
