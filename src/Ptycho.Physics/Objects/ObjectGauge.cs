using System.Numerics;
using System.Numerics.Tensors;
using Ptycho.IO;

namespace Ptycho.Physics.Objects;

/// <summary>Fixes the scale and the global phase, which measurements leave open.</summary>
internal static class ObjectGauge
{
    /// <summary>Makes the median magnitude 1 and the mean real and positive, in place.</summary>
    /// <returns>What the field was divided by; zero if the field was left alone because its median or mean is zero.</returns>
    public static Complex Normalise(ComplexField field)
    {
        var magnitudes = new float[field.Length];
        TensorPrimitives.Hypot(field.Real, field.Imaginary, magnitudes);
        Array.Sort(magnitudes);
        var median = (double)magnitudes[magnitudes.Length / 2];
        var (re, im) = (0.0, 0.0);
        for (var i = 0; i < field.Length; i++)
        {
            re += field.Real[i];
            im += field.Imaginary[i];
        }
        var mean = new Complex(re, im);
        if (median == 0 || mean == Complex.Zero)
            return Complex.Zero;
        var scale = median * mean / mean.Magnitude;
        var factor = 1 / scale;
        for (var i = 0; i < field.Length; i++)
        {
            var value = factor * new Complex(field.Real[i], field.Imaginary[i]);
            field.Real[i] = (float)value.Real;
            field.Imaginary[i] = (float)value.Imaginary;
        }
        return scale;
    }
}
