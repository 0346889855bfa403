using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>Element-wise steps of the ePIE update on split planes of equal length.</summary>
internal static class PlaneKernels
{
    /// <summary>result = a·b; the result may be one of them.</summary>
    public static void Multiply(SplitPlane a, SplitPlane b, SplitPlane result)
    {
        var ar = Vectors(a.Re);
        var ai = Vectors(a.Im);
        var br = Vectors(b.Re);
        var bi = Vectors(b.Im);
        var rr = Vectors(result.Re);
        var ri = Vectors(result.Im);
        for (var i = 0; i < rr.Length; i++)
        {
            var re = ar[i] * br[i] - ai[i] * bi[i];
            ri[i] = ar[i] * bi[i] + ai[i] * br[i];
            rr[i] = re;
        }
        for (var i = rr.Length * Vector<float>.Count; i < a.Length; i++)
        {
            var re = a.Re[i] * b.Re[i] - a.Im[i] * b.Im[i];
            result.Im[i] = a.Re[i] * b.Im[i] + a.Im[i] * b.Re[i];
            result.Re[i] = re;
        }
    }

    /// <summary>target += factor·conj(a)·difference.</summary>
    public static void AddConjugateProduct(SplitPlane target, SplitPlane a, SplitPlane difference, float factor)
    {
        var tr = Vectors(target.Re);
        var ti = Vectors(target.Im);
        var ar = Vectors(a.Re);
        var ai = Vectors(a.Im);
        var dr = Vectors(difference.Re);
        var di = Vectors(difference.Im);
        var f = new Vector<float>(factor);
        for (var i = 0; i < tr.Length; i++)
        {
            tr[i] += f * (ar[i] * dr[i] + ai[i] * di[i]);
            ti[i] += f * (ar[i] * di[i] - ai[i] * dr[i]);
        }
        for (var i = tr.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target.Re[i] += factor * (a.Re[i] * difference.Re[i] + a.Im[i] * difference.Im[i]);
            target.Im[i] += factor * (a.Re[i] * difference.Im[i] - a.Im[i] * difference.Re[i]);
        }
    }

    /// <summary>magnitude = |a|.</summary>
    public static void Magnitude(SplitPlane a, Span<float> magnitude)
    {
        TensorPrimitives.Multiply(a.Re, a.Re, magnitude);
        TensorPrimitives.MultiplyAdd(a.Im, a.Im, magnitude, magnitude);
        TensorPrimitives.Sqrt(magnitude, magnitude);
    }

    /// <summary>max|a|².</summary>
    public static float LargestSquare(SplitPlane a, Span<float> scratch)
    {
        TensorPrimitives.Multiply(a.Re, a.Re, scratch);
        TensorPrimitives.MultiplyAdd(a.Im, a.Im, scratch, scratch);
        return TensorPrimitives.Max<float>(scratch);
    }

    private static Span<Vector<float>> Vectors(float[] plane) =>
        MemoryMarshal.Cast<float, Vector<float>>(plane.AsSpan());
}
