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
    /// The step of a scan, pixels: the larger of <see cref="MedianStep"/> and the step of a raster of as many positions over
    /// the same rectangle. Of a raster it is its own. Rows that were pushed together at a border, jitter and repeated
    /// positions make the median small, but see nothing new. 0 for a single position.
    /// </summary>
    public static double Step(ScanPattern pattern) => Math.Max(MedianStep(pattern), RasterStep(pattern));

    /// <summary>
    /// The overlap of neighbouring frames on a length, 1 − <see cref="Step"/>/length: with a window's side as in most papers,
    /// or with the diameter of the probe. Negative where neighbours do not touch, 0 for a single frame.
    /// </summary>
    /// <param name="pattern">The scan.</param>
    /// <param name="length">The length in pixels, above 0.</param>
    public static double Overlap(ScanPattern pattern, double length)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!(length > 0))
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length must be above 0.");
        return pattern.Count == 1 ? 0 : 1 - Step(pattern) / length;
    }

    /// <summary>
    /// The overlap that matters for a real probe: that on the diameter of the disc which holds 90 % of its energy, counted in
    /// whole pixels, so one more than <see cref="ProbeSize.EnergyDiameter"/>, which goes from middle to middle. The same in
    /// <c>PreflightReport</c> and in the choice of a solver.
    /// </summary>
    public static double Overlap(ScanPattern pattern, Probe probe) => Overlap(pattern, Diameter(probe));

    /// <summary>The diameter of the disc that holds 90 % of the probe's energy, in whole pixels.</summary>
    internal static double Diameter(Probe probe) => ProbeSize.EnergyDiameter(probe, 0.9) + 1;

    // s of K = (h/s + 1)(w/s + 1).
    private static double RasterStep(ScanPattern pattern)
    {
        if (pattern.Count == 1)
            return 0;
        var height = pattern.Max(p => p.Row) - pattern.Min(p => p.Row);
        var width = pattern.Max(p => p.Column) - pattern.Min(p => p.Column);
        var others = pattern.Count - 1;
        var sum = height + width;
        return (sum + Math.Sqrt(sum * sum + 4 * others * height * width)) / (2 * others);
    }
}
