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

    /// <summary>The median over all positions of the distance to the nearest other one, pixels; 0 for a single one.</summary>
    public static double MedianStep(ScanPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Count == 1)
            return 0;
        var distances = new double[pattern.Count];
        for (var i = 0; i < pattern.Count; i++)
        {
            distances[i] = double.PositiveInfinity;
            for (var j = 0; j < pattern.Count; j++)
                if (i != j)
                    distances[i] = Math.Min(
                        distances[i],
                        double.Hypot(pattern[i].Row - pattern[j].Row, pattern[i].Column - pattern[j].Column)
                    );
        }

        Array.Sort(distances);
        return distances[distances.Length / 2];
    }

    /// <summary>
    /// The linear overlap that matters for a real probe, 1 − median step/diameter, with the diameter of the disk that
    /// holds 90 % of the probe's energy; negative where neighbours do not touch.
    /// </summary>
    public static double Overlap(ScanPattern pattern, Probe probe) =>
        1 - MedianStep(pattern) / ProbeSize.EnergyDiameter(probe, 0.9);
}
