using Ptycho.IO.Hdf5;
using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// Positions from two motors of <c>sample_1/transformations</c>, which an attribute <c>vector</c> tells apart: (1, 0, 0)
/// moves x, (0, 1, 0) moves y. Used where the file has no <c>translation</c>.
/// </summary>
internal static class NexusMotors
{
    /// <summary>Positions in pixels of the object, or null where the file has translations or no such motors.</summary>
    public static ScanPosition[]? Read(
        Hdf5File file,
        string entry,
        long frameCount,
        int first,
        int count,
        ExperimentGeometry geometry,
        FrameImport frames,
        List<string> notes
    )
    {
        string[] translations =
        [
            $"{entry}/data_1/translation",
            $"{entry}/sample_1/geometry_1/translation",
            $"{entry}/instrument_1/detector_1/translation",
        ];
        var group = $"{entry}/sample_1/transformations";
        if (translations.Any(file.Exists) || !file.Exists(group))
            return null;
        var x = Motor(file, group, axis: 0, frameCount, first, count);
        var y = Motor(file, group, axis: 1, frameCount, first, count);
        if (x is null || y is null)
            return null;
        notes.Add($"Positions are those of the motors in '{group}'.");
        return [.. x.Zip(y, (mx, my) => geometry.ToPixels(mx, my, frames.Height, frames.Width))];
    }

    private static double[]? Motor(Hdf5File file, string group, int axis, long frameCount, int first, int count)
    {
        foreach (var name in file.Keys(group))
        {
            var path = $"{group}/{name}";
            if (!file.IsDataset(path) || file.ReadAttribute(path, "vector")?.ToDouble() is not { Length: 3 } vector)
                continue;
            var along = Math.Abs(vector[axis]);
            if (!(along > 0) || vector.Where((_, other) => other != axis).Any(part => part != 0))
                continue;
            var values = file.Read(path).ToDouble();
            if (values.Length != frameCount)
                throw new InvalidDataException($"'{path}' has {values.Length} positions for {frameCount} frames.");
            var unit = SiUnit.Length(file, path) * vector[axis];
            return [.. values.Skip(first).Take(count).Select(value => value * unit)];
        }
        return null;
    }
}
