using Ptycho.Physics.Files;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Selection;

/// <summary>How densely a scan lies over its field.</summary>
internal static class ScanDensity
{
    /// <summary>
    /// Overlap 1 − step/diameter of neighbouring probes, at least 0; 0 for a single frame. The step is the larger of the median
    /// to the nearest neighbour and that of a raster of as many positions over the same rectangle: rows that were pushed together
    /// at a border, jitter and repeated positions make the median small, but see nothing new.
    /// </summary>
    internal static double Overlap(ScanPattern positions, PreflightReport seen)
    {
        if (positions.Count == 1)
            return 0;
        var step = Math.Max(seen.MedianStep, RasterStep(positions));
        return Math.Max(0, 1 - step / seen.ProbeDiameter);
    }

    /// <summary>s of K = (h/s + 1)(w/s + 1), the raster of K positions over the rectangle h×w of the given ones.</summary>
    internal static double RasterStep(ScanPattern positions)
    {
        var height = positions.Max(p => p.Row) - positions.Min(p => p.Row);
        var width = positions.Max(p => p.Column) - positions.Min(p => p.Column);
        var others = positions.Count - 1;
        var sum = height + width;
        return (sum + Math.Sqrt(sum * sum + 4 * others * height * width)) / (2 * others);
    }
}
