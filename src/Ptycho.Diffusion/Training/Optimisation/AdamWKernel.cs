using System.Numerics;

namespace Ptycho.Diffusion.Training.Optimisation;

/// <summary>
/// One AdamW step over contiguous memory in a single pass. Every element goes through the same operations in the same
/// order whatever the vector width, so results do not depend on the machine's.
/// </summary>
internal static class AdamWKernel
{
    public static void Step(
        Span<float> parameter,
        ReadOnlySpan<float> gradient,
        Span<float> first,
        Span<float> second,
        AdamWNumbers n
    )
    {
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= parameter.Length - width; i += width)
        {
            var g = new Vector<float>(gradient[i..]) * n.GradientScale;
            var m = new Vector<float>(first[i..]) * n.Beta1 + g * n.OneMinusBeta1;
            var v = new Vector<float>(second[i..]) * n.Beta2 + g * g * n.OneMinusBeta2;
            var root = Vector.SquareRoot(v) * n.SecondScale + new Vector<float>(n.Epsilon);
            var p = new Vector<float>(parameter[i..]) * n.Shrink - m / root * n.FirstScale;
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            p.CopyTo(parameter[i..]);
        }
        for (; i < parameter.Length; i++)
        {
            var g = gradient[i] * n.GradientScale;
            first[i] = first[i] * n.Beta1 + g * n.OneMinusBeta1;
            second[i] = second[i] * n.Beta2 + g * g * n.OneMinusBeta2;
            var root = MathF.Sqrt(second[i]) * n.SecondScale + n.Epsilon;
            parameter[i] = parameter[i] * n.Shrink - first[i] / root * n.FirstScale;
        }
    }
}
