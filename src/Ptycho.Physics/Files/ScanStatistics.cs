using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>How much of an object a scan sees.</summary>
internal static class ScanStatistics
{
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
