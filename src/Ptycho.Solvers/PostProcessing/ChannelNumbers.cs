using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// How a complex object becomes a post-processing network's channels: (Re f − Re mean)/scale and (Im f − Im mean)/scale.
/// Linear, unlike magnitude and phase, because AWF's phases wrap at low overlap; and the mean squared error of the
/// channels is, up to a factor, the squared NRMSE.
/// </summary>
public sealed record ChannelNumbers
{
    /// <summary>The value that becomes 0; 0.8 by default, near the mean of objects of median magnitude 1.</summary>
    public Complex Mean
    {
        get;
        init =>
            field = new Complex(
                Require.Finite(value.Real, nameof(Mean)),
                Require.Finite(value.Imaginary, nameof(Mean))
            );
    } = 0.8;

    /// <summary>The length that becomes 1, above 0; 0.5 by default.</summary>
    public double Scale
    {
        get;
        init => field = Require.Positive(value, nameof(Scale));
    } = 0.5;

    internal void Encode(ComplexField field, Span<Half> planes)
    {
        for (var i = 0; i < field.Length; i++)
        {
            planes[i] = (Half)((field.Real[i] - Mean.Real) / Scale);
            planes[field.Length + i] = (Half)((field.Imaginary[i] - Mean.Imaginary) / Scale);
        }
    }

    internal void Encode(ComplexField field, Span<float> planes)
    {
        for (var i = 0; i < field.Length; i++)
        {
            planes[i] = (float)((field.Real[i] - Mean.Real) / Scale);
            planes[field.Length + i] = (float)((field.Imaginary[i] - Mean.Imaginary) / Scale);
        }
    }

    internal ComplexField Decode(ReadOnlySpan<float> planes, int height, int width)
    {
        var field = new ComplexField(height, width);
        for (var i = 0; i < field.Length; i++)
        {
            field.Real[i] = (float)(planes[i] * Scale + Mean.Real);
            field.Imaginary[i] = (float)(planes[field.Length + i] * Scale + Mean.Imaginary);
        }
        return field;
    }
}
