using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.IO.Tiff;
using Ptycho.Physics.Files;
using Ptycho.Physics.Scans;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>
/// Frames alone, as a TIFF stack, npy [K, h, w] or a dataset of an HDF5 file. Whatever else a reconstruction needs has files
/// of its own: the positions and the probe.
/// </summary>
internal static class StackReader
{
    public static bool Reads(string ending) => ending is ".tif" or ".tiff" or ".npy";

    /// <inheritdoc cref="MeasurementReader.Read"/>
    public static ImportedMeasurement Read(string path, InputSettings settings, ImportOptions options)
    {
        if (settings.Positions is not { } file)
            throw new ArgumentException($"'{path}' holds frames alone; also needed: {Missing(settings)}.");
        using var opened = settings.Dataset is null ? null : Hdf5File.Open(path);
        using var frames = opened?.OpenDataset(settings.Dataset!) ?? Open(path);
        var (positions, unit, notes) = Positions(file, settings);
        if (unit != PositionUnit.Pixels && options.Geometry is null)
            throw new ArgumentException(
                $"Positions in {unit} need --energy-kev, --distance and --detector-pixel, which give the object's pixel."
            );
        var read = StackImport.Read(frames, positions, unit, options);
        return read with { Notes = [.. notes, .. read.Notes] };
    }

    private static string Missing(InputSettings settings)
    {
        const string Positions =
            "--positions (.csv, .npy or a product: a row and a column for each frame; --positions-unit says in what)";
        const string Probe = "--probe (.npy, .npz or a product; --estimate-probe finds one from the frames)";
        return settings is { Probe: null, EstimateProbe: false } ? $"{Positions} and {Probe}" : Positions;
    }

    private static (IReadOnlyList<ScanPosition> Positions, PositionUnit Unit, IReadOnlyList<string> Notes) Positions(
        string file,
        InputSettings settings
    )
    {
        if (ProductFile.Is(file))
            return FromProduct(file, settings.Import);
        var table = PositionFile.Read(file, settings.PositionColumns);
        return (table.Positions, settings.PositionUnit ?? table.Unit ?? PositionUnit.Pixels, table.Notes);
    }

    private static (IReadOnlyList<ScanPosition>, PositionUnit, IReadOnlyList<string>) FromProduct(
        string file,
        ImportOptions options
    )
    {
        var product = ProductFile.Read(file);
        if (options.Geometry is not null)
            return (
                [.. product.Positions.Select(p => new ScanPosition(p.Y, p.X))],
                PositionUnit.Metres,
                ["The positions are those of a finished reconstruction, in metres."]
            );
        if (options.Crop is not null)
            throw new ArgumentException(
                "--crop makes the object's pixels larger than those of the product with the positions: give --energy-kev, "
                    + "--distance and --detector-pixel, too."
            );
        return (
            [.. product.ToScanPattern()],
            PositionUnit.Pixels,
            ["The positions are those of a finished reconstruction, in its object's pixels."]
        );
    }

    private static IArraySource Open(string path) =>
        path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? NpySource.Open(path) : TiffStack.Open(path);
}
