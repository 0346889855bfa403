using System.Numerics;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests;

/// <summary>Values into tensors, and out of them in row-major order, in double precision.</summary>
internal static class Values
{
    internal static double[] Of(Tensor t) =>
        t.detach().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();

    internal static Complex[] OfComplex(Tensor t) =>
        t.detach().resolve_conj().to_type(ScalarType.ComplexFloat64).contiguous().data<Complex>().ToArray();

    /// <summary>Not by tensor(Complex[]): TorchSharp leaves the values where the array lies, which need not be aligned.</summary>
    internal static Tensor Complexes(params Complex[] values) =>
        complex(tensor(values.Select(c => c.Real).ToArray()), tensor(values.Select(c => c.Imaginary).ToArray()));

    /// <summary>Standard normal numbers of double precision from a seed.</summary>
    internal static Tensor Normal(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return tensor(values).reshape(shape);
    }

    internal static Tensor NormalComplex(int seed, params long[] shape) =>
        complex(Normal(seed, shape), Normal(seed + 1000, shape));
}
