using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>How dense a scan is, and how wide its probe.</summary>
internal static class ScanStatistics
{
    /// <summary>More positions are thinned out: each still meets its true nearest neighbour.</summary>
    private const int MostProbed = 2000;

    /// <summary>Median over positions of the distance to the nearest other one; 0 for a single position.</summary>
    public static double MedianStep(ScanPattern positions)
    {
        if (positions.Count < 2)
            return 0;
        var stride = (positions.Count + MostProbed - 1) / MostProbed;
        var nearest = new List<double>();
        for (var a = 0; a < positions.Count; a += stride)
        {
            var least = double.MaxValue;
            for (var b = 0; b < positions.Count; b++)
            {
                var (rows, columns) = (positions[a].Row - positions[b].Row, positions[a].Column - positions[b].Column);
                if (a != b)
                    least = Math.Min(least, rows * rows + columns * columns);
            }
            nearest.Add(Math.Sqrt(least));
        }
        nearest.Sort();
        return nearest.Count % 2 == 1
            ? nearest[nearest.Count / 2]
            : (nearest[nearest.Count / 2 - 1] + nearest[nearest.Count / 2]) / 2;
    }

    /// <summary>Diameter of the smallest circle of pixels around the centre of mass with 90 % of the energy.</summary>
    public static double ProbeDiameter(Probe probe)
    {
        var intensity = probe.Intensity();
        double total = 0,
            row = 0,
            column = 0;
        for (var i = 0; i < intensity.Length; i++)
        {
            total += intensity[i];
            row += (double)intensity[i] * (i / probe.Width);
            column += (double)intensity[i] * (i % probe.Width);
        }
        (row, column) = (row / total, column / total);
        var byDistance = Enumerable
            .Range(0, intensity.Length)
            .Select(i =>
                (Distance: double.Hypot(i / probe.Width - row, i % probe.Width - column), Energy: intensity[i])
            )
            .OrderBy(pixel => pixel.Distance);
        double inside = 0;
        foreach (var (distance, energy) in byDistance)
        {
            inside += energy;
            if (inside >= 0.9 * total)
                return 2 * distance + 1;
        }
        return Math.Max(probe.Height, probe.Width);
    }

    /// <summary>The part of the object's pixels inside at least one window.</summary>
    public static double Coverage(Measurement measurement)
    {
        var (height, width) = (measurement.ObjectHeight, measurement.ObjectWidth);
        var covered = new bool[(long)height * width];
        foreach (var position in measurement.Positions)
        {
            var (row, column) = position.WholePixel;
            var left = Math.Max(column, 0);
            var right = Math.Min(column + measurement.Data.Width, width);
            for (var r = Math.Max(row, 0); r < Math.Min(row + measurement.Data.Height, height); r++)
                covered.AsSpan(r * width + left, right - left).Fill(true);
        }
        return covered.LongCount(pixel => pixel) / (double)covered.LongLength;
    }
}
