using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.ProbeSearching;

/// <summary>The frames around the middle of a scan, which are enough to try something.</summary>
internal static class ScanMiddle
{
    /// <summary>So many frames, or all, on the smallest object that holds them.</summary>
    internal static Measurement Of(Measurement measurement, int count)
    {
        var positions = measurement.Positions;
        var (row, column) = (Median(positions.Select(p => p.Row)), Median(positions.Select(p => p.Column)));
        int[] frames =
        [
            .. Enumerable
                .Range(0, positions.Count)
                .Where(k => IsLit(measurement.Data, k))
                .OrderBy(k => double.Hypot(positions[k].Row - row, positions[k].Column - column))
                .Take(count)
                .Order(),
        ];
        var part = measurement.Select(frames);
        var (pattern, height, width) = part.Positions.FitObject(part.Data.Height, part.Data.Width);
        return new Measurement(part.Data, pattern, part.Probe, height, width);
    }

    // Frames of weight 0 and dark ones say nothing.
    private static bool IsLit(DiffractionData data, int frame)
    {
        var amplitudes = new float[data.Height * data.Width];
        data.CopyAmplitudes(frame, amplitudes);
        return amplitudes.AsSpan().ContainsAnyExcept(0f);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
