using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Runs;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The pairs of L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) over vectors of one length, with a
/// diagonal preconditioner: H₀ = γ·D⁻¹, γ = sᵀy/yᵀD⁻¹y. Nothing allocates.
/// </summary>
internal sealed class LbfgsMemory
{
    private const int Block = 4096;

    // A pair without curvature says nothing.
    private const double SmallestCurvature = 1e-10;
    private readonly AlignedBuffer[] _s;
    private readonly AlignedBuffer[] _y;
    private readonly double[] _products;
    private readonly double[] _alphas;

    public LbfgsMemory(int pairs, int length)
    {
        _s = [.. Enumerable.Range(0, pairs).Select(_ => new AlignedBuffer(length))];
        _y = [.. Enumerable.Range(0, pairs).Select(_ => new AlignedBuffer(length))];
        _products = new double[pairs];
        _alphas = new double[pairs];
    }

    /// <summary>Pairs kept now.</summary>
    public int Count { get; private set; }

    /// <summary>Where the next pair goes.</summary>
    public int Next { get; private set; }

    /// <summary>The pairs under their names.</summary>
    public IEnumerable<StateBuffer> Buffers =>
        _s.Select((s, i) => new StateBuffer($"lbfgs.s{i}", s))
            .Concat(_y.Select((y, i) => new StateBuffer($"lbfgs.y{i}", y)));

    public void Clear() => (Count, Next) = (0, 0);

    /// <summary>Goes on with pairs whose buffers were filled from elsewhere.</summary>
    /// <exception cref="InvalidDataException">There is no room for so many.</exception>
    public void Resume(int count, int next)
    {
        if (count < 0 || count > _s.Length || next < 0 || next > Math.Max(0, _s.Length - 1))
            throw new InvalidDataException(
                $"The checkpoint has {count} pairs of L-BFGS, the next at {next}; {_s.Length} are possible."
            );
        (Count, Next) = (count, next);
        for (var i = 0; i < Count; i++)
        {
            var at = Index(i);
            _products[at] = Dot(_s[at].Span, _y[at].Span);
        }
    }

    /// <summary>Keeps s = x' − x and y = g' − g if they have curvature; the oldest pair goes.</summary>
    public void Add(ReadOnlySpan<float> step, double length, ReadOnlySpan<float> gradient, ReadOnlySpan<float> before)
    {
        if (_s.Length == 0)
            return;
        var s = _s[Next].Span;
        var y = _y[Next].Span;
        TensorPrimitives.Multiply(step, (float)length, s);
        TensorPrimitives.Subtract(gradient, before, y);
        var product = Dot(s, y);
        if (!(product > SmallestCurvature * Math.Sqrt(Dot(s, s) * Dot(y, y))))
        {
            Clear();
            return;
        }

        _products[Next] = product;
        Next = (Next + 1) % _s.Length;
        Count = Math.Min(Count + 1, _s.Length);
    }

    /// <summary>p = −H g, with the reciprocal of the diagonal D.</summary>
    public void Direction(ReadOnlySpan<float> gradient, ReadOnlySpan<float> inverse, Span<float> p, Span<float> work)
    {
        TensorPrimitives.Negate(gradient, p);
        for (var i = Count - 1; i >= 0; i--)
        {
            var at = Index(i);
            _alphas[at] = Dot(_s[at].Span, p) / _products[at];
            TensorPrimitives.MultiplyAdd(_y[at].Span, (float)-_alphas[at], p, p);
        }

        TensorPrimitives.Multiply(p, inverse, p);
        if (Count > 0)
        {
            var last = Index(Count - 1);
            TensorPrimitives.Multiply(_y[last].Span, inverse, work);
            TensorPrimitives.Multiply(p, (float)(_products[last] / Dot(_y[last].Span, work)), p);
        }

        for (var i = 0; i < Count; i++)
        {
            var at = Index(i);
            var beta = Dot(_y[at].Span, p) / _products[at];
            TensorPrimitives.MultiplyAdd(_s[at].Span, (float)(_alphas[at] - beta), p, p);
        }
    }

    /// <summary>Σ a·b, in blocks that are added in double precision.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var start = 0; start < a.Length; start += Block)
        {
            var length = Math.Min(Block, a.Length - start);
            sum += TensorPrimitives.Dot(a.Slice(start, length), b.Slice(start, length));
        }

        return sum;
    }

    // Pair 0 is the oldest.
    private int Index(int pair) => (Next - Count + pair + _s.Length) % _s.Length;
}
