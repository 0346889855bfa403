using Ptycho.IO;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Samples.LargeField.Commands;

namespace Ptycho.Samples.LargeField.Scenes;

/// <summary>A field, what it was simulated to look like to a detector, and in words what it is.</summary>
internal sealed record FieldScene(ComplexField Truth, Measurement Measurement, string Description)
{
    private const double PeakCounts = 1e5;
    private const int Half = 256;
    private const int ObjectSize = 512;

    /// <exception cref="IOException">The object is not there.</exception>
    /// <exception cref="InvalidDataException">It is not what it should be.</exception>
    public static FieldScene Create(LargeFieldSettings settings)
    {
        var (truth, words) = Object(settings);
        var probe = SyntheticProbes.StandardH();
        var step = RasterScan.StepFromOverlap(settings.Overlap / 100.0, probe.Width);
        var scan = RasterScan.Clamped(truth.Height, truth.Width, probe.Height, probe.Width, step);
        var measurement = DiffractionSimulator.Simulate(truth, probe, scan, PeakCounts, settings.Seed + 1);
        return new FieldScene(truth, measurement, $"{words}; probe H, {settings.Overlap} % overlap, 10⁵ counts");
    }

    private static (ComplexField, string) Object(LargeFieldSettings settings)
    {
        var size = settings.Size;
        if (settings.Field == FieldKind.Phantom)
            return (BloodSmearPhantom.Create(size, size, settings.Seed + 1), $"A drawn smear of {size}×{size}");
        var folder =
            settings.Objects
            ?? throw new ArgumentException(
                $"--field {settings.Field} needs --objects, the folder of recovered objects."
            );
        var test = settings.Field == FieldKind.Test;
        var name = test ? "aberration" : "red";
        var source = Load(Path.Combine(folder, name + ".npz"));
        var (firstRow, rows) = test ? (0, ObjectSize) : (Half, Half);
        var truth = new ComplexField(size, size);
        for (var y = 0; y < size; y++)
        for (var x = 0; x < size; x++)
            truth[y, x] = source[firstRow + Reflected(y, rows), Half + Reflected(x, Half)];
        var continued = size > Math.Min(rows, Half) ? $", continued by reflection to {size}×{size}" : "";
        var (lastRow, lastColumn) = (firstRow + Math.Min(rows, size) - 1, Half + Math.Min(Half, size) - 1);
        return (truth, $"Rows {firstRow} to {lastRow}, columns {Half} to {lastColumn} of {name}{continued}");
    }

    /// <summary>0 … n − 1, n − 1 … 0, and so on: the border pixel comes twice.</summary>
    private static int Reflected(int i, int length)
    {
        var at = i % (2 * length);
        return at < length ? at : 2 * length - 1 - at;
    }

    private static ComplexField Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' does not exist; samples/FourierPtychography makes it.");
        if (!NpzFile.Read(path).TryGetValue("object", out var array))
            throw new InvalidDataException($"{path}: the key 'object' is missing.");
        var field = array.ToComplexField();
        return field.Height == ObjectSize && field.Width == ObjectSize
            ? field
            : throw new InvalidDataException(
                $"{path}: 'object' is {field.Height}×{field.Width}; its regions are defined for {ObjectSize}×{ObjectSize}."
            );
    }
}
