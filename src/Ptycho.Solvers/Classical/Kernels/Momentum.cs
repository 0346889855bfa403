using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The velocity map of mPIE (Maiden, Johnson, Li, Optica 4, 736, 2017) over a whole plane: every T updates
/// v ← η v + (o − o_T), o ← o + η v, with o_T the plane after the last such step.
/// </summary>
internal sealed class Momentum(AlignedBuffer plane, double friction)
{
    public AlignedBuffer Velocity { get; } = new(plane.Length);

    /// <summary>o_T.</summary>
    public AlignedBuffer Last { get; } = Copy(plane);

    public void Step()
    {
        var o = plane.Span;
        var v = Velocity.Span;
        var last = Last.Span;
        TensorPrimitives.Multiply(v, (float)friction, v);
        TensorPrimitives.Add(v, o, v);
        TensorPrimitives.Subtract(v, last, v);
        TensorPrimitives.MultiplyAdd(v, (float)friction, o, o);
        o.CopyTo(last);
        GC.KeepAlive(this);
    }

    private static AlignedBuffer Copy(AlignedBuffer source)
    {
        var copy = new AlignedBuffer(source.Length);
        source.Span.CopyTo(copy.Span);
        return copy;
    }
}
