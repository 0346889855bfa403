using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Scans;

/// <summary>How well a scan sees an object, before anything is reconstructed.</summary>
public static class ScanCoverage
{
    /// <summary>How many windows lie on each object pixel, [H, W] row-major.</summary>
    /// <param name="pattern">The scan; fractions are rounded to the nearest pixel.</param>
    /// <param name="windowHeight">Rows of a window, at least 1.</param>
    /// <param name="windowWidth">Columns of a window, at least 1.</param>
    /// <param name="objectHeight">Rows of the object, at least 1.</param>
    /// <param name="objectWidth">Columns of the object, at least 1.</param>
    public static int[] Counts(
        ScanPattern pattern,
        int windowHeight,
        int windowWidth,
        int objectHeight,
        int objectWidth
    )
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectWidth, 1);
        var counts = new int[checked(objectHeight * objectWidth)];
        foreach (var (row, column) in pattern.Select(p => p.WholePixel))
        {
            var left = Math.Clamp(column, 0, objectWidth);
            var right = Math.Clamp(column + windowWidth, 0, objectWidth);
            for (var r = Math.Max(0, row); r < Math.Min(objectHeight, row + windowHeight); r++)
                foreach (ref var count in counts.AsSpan(r * objectWidth + left, right - left))
                    count++;
        }

        return counts;
    }

    /// <summary>
    /// The overlap map: how many frames share each object pixel, weighted by their light, (Σ_k I_k)²/Σ_k I_k² with
    /// I_k(r) = Σ_m|P_m(r − r_k)|²; [H, W] row-major. It is <see cref="Counts"/> for an even probe, less where one frame
    /// outshines the others, and 0 without light. Below about 2 a pixel hangs on one frame.
    /// </summary>
    /// <param name="pattern">The scan; fractions are rounded to the nearest pixel.</param>
    /// <param name="probe">The illumination.</param>
    /// <param name="objectHeight">Rows of the object, at least 1.</param>
    /// <param name="objectWidth">Columns of the object, at least 1.</param>
    public static float[] OverlapMap(ScanPattern pattern, Probe probe, int objectHeight, int objectWidth)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectWidth, 1);
        var light = probe.Intensity();
        var (sums, squares) = (new double[objectHeight * objectWidth], new double[objectHeight * objectWidth]);
        foreach (var (top, left) in pattern.Select(p => p.WholePixel))
            for (var row = Math.Max(0, -top); row < Math.Min(probe.Height, objectHeight - top); row++)
            for (var column = Math.Max(0, -left); column < Math.Min(probe.Width, objectWidth - left); column++)
            {
                double intensity = light[row * probe.Width + column];
                var pixel = (top + row) * objectWidth + left + column;
                sums[pixel] += intensity;
                squares[pixel] += intensity * intensity;
            }

        return [.. sums.Zip(squares, (sum, square) => square > 0 ? (float)(sum * sum / square) : 0)];
    }

    /// <summary>The median over all positions of the distance to the nearest other one, pixels; 0 for a single one.</summary>
    public static double MedianStep(ScanPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Count == 1)
            return 0;
        var positions = pattern.OrderBy(p => p.Row).ThenBy(p => p.Column).ToArray();
        var distances = new double[positions.Length];
        for (var i = 0; i < positions.Length; i++)
            distances[i] = Math.Min(NearestBeyond(positions, i, -1), NearestBeyond(positions, i, 1));
        Array.Sort(distances);
        return distances[distances.Length / 2];
    }

    // Positions are ordered by row: none further on is nearer once its row alone is further away.
    private static double NearestBeyond(ScanPosition[] ordered, int index, int step)
    {
        var (here, nearest) = (ordered[index], double.PositiveInfinity);
        for (var j = index + step; j >= 0 && j < ordered.Length; j += step)
        {
            if (Math.Abs(ordered[j].Row - here.Row) >= nearest)
                break;
            nearest = Math.Min(nearest, double.Hypot(ordered[j].Row - here.Row, ordered[j].Column - here.Column));
        }

        return nearest;
    }

    /// <summary>
    /// The linear overlap that matters for a real probe, 1 − median step/diameter, with the diameter of the disk that
    /// holds 90 % of the probe's energy, a pixel at least; negative where neighbours do not touch.
    /// </summary>
    public static double Overlap(ScanPattern pattern, Probe probe) =>
        1 - MedianStep(pattern) / Math.Max(1, ProbeSize.EnergyDiameter(probe, 0.9));
}
