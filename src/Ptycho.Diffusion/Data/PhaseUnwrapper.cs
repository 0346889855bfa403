using Ptycho.IO;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// Two-dimensional phase unwrapping of a complex field along the best-first spanning tree (after Herráez et al., Applied
/// Optics 41, 7437, 2002): neighbours are joined in the order of Re(f_i f̄_j), bright pixels that agree first and dark
/// ones with steep phases last, each joint so that the phase differs by less than half a turn. The whole is then moved by
/// whole turns so that the mean phase, weighted by the magnitude, is nearest to 0.
/// </summary>
public static class PhaseUnwrapper
{
    /// <summary>The unwrapped phase in radians, row-major [H, W]; arg f itself where no neighbours differ by more than π.</summary>
    public static float[] Unwrap(ComplexField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var phase = new float[field.Length];
        for (var i = 0; i < phase.Length; i++)
            phase[i] = MathF.Atan2(field.Imaginary[i], field.Real[i]);
        if (!Wraps(phase, field.Height, field.Width))
            return phase;

        var turns = Turns(field, phase);
        double moment = 0,
            weight = 0;
        for (var i = 0; i < phase.Length; i++)
        {
            phase[i] += MathF.Tau * turns[i];
            var magnitude = MathF.Sqrt(field.Real[i] * field.Real[i] + field.Imaginary[i] * field.Imaginary[i]);
            moment += phase[i] * (double)magnitude;
            weight += magnitude;
        }
        var shift = (float)(Math.Tau * Math.Round(moment / weight / Math.Tau));
        if (shift != 0)
            for (var i = 0; i < phase.Length; i++)
                phase[i] -= shift;
        return phase;
    }

    private static bool Wraps(float[] phase, int height, int width)
    {
        for (int r = 0, i = 0; r < height; r++)
        for (var c = 0; c < width; c++, i++)
            if (
                (c + 1 < width && MathF.Abs(phase[i] - phase[i + 1]) > MathF.PI)
                || (r + 1 < height && MathF.Abs(phase[i] - phase[i + width]) > MathF.PI)
            )
                return true;
        return false;
    }

    private static int[] Turns(ComplexField field, float[] phase)
    {
        var (height, width) = (field.Height, field.Width);
        var edges = new int[2 * height * width - height - width];
        var order = new float[edges.Length];
        var count = 0;
        for (int r = 0, i = 0; r < height; r++)
        for (var c = 0; c < width; c++, i++)
        {
            if (c + 1 < width)
                Add(i, i + 1, 2 * i);
            if (r + 1 < height)
                Add(i, i + width, 2 * i + 1);
        }
        Array.Sort(order, edges);

        var forest = new TurnForest(phase.Length);
        foreach (var edge in edges)
        {
            var first = edge / 2;
            var second = (edge & 1) == 0 ? first + 1 : first + width;
            forest.Join(first, second, (int)MathF.Round((phase[first] - phase[second]) / MathF.Tau));
        }
        return forest.Turns();

        void Add(int first, int second, int edge)
        {
            order[count] = -(field.Real[first] * field.Real[second] + field.Imaginary[first] * field.Imaginary[second]);
            edges[count++] = edge;
        }
    }
}
