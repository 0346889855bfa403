using Ptycho.Physics.Files;
using Ptycho.Physics.Scans;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>The positions of a stack, in pixels, of the frames that are read.</summary>
internal static class StackPositions
{
    /// <exception cref="ArgumentException">Metres without a geometry.</exception>
    /// <exception cref="InvalidDataException">There are not as many positions as frames, or a value is no position.</exception>
    public static ScanPattern Read(InputSettings settings, FrameStream stack, List<string> notes)
    {
        var path = settings.Positions!;
        var options = settings.Import;
        var stored = ProductFile.Is(path) ? FromProduct(path, notes) : Scaled(PositionFile.Read(path), settings, stack);
        // A file for all frames also serves a part of them; one of another scan would not fit by chance.
        var whole = options.FirstFrame + stack.Count <= stored.Length && options.FrameCount is not null;
        if (!whole && stored.Length != options.FirstFrame + stack.Count)
            throw new InvalidDataException(
                $"'{path}' has {stored.Length} positions, but there are {options.FirstFrame + stack.Count} frames."
            );
        try
        {
            return new ScanPattern(stored.Skip(options.FirstFrame).Take(stack.Count).Select(p => Turned(p, options)));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"'{path}': {e.Message}", e);
        }
    }

    private static ScanPosition[] FromProduct(string path, List<string> notes)
    {
        notes.Add("The positions are those of a finished reconstruction, in its object's pixels.");
        return [.. ProductFile.Read(path).ToScanPattern()];
    }

    private static ScanPosition[] Scaled(ScanPosition[] stored, InputSettings settings, FrameStream stack)
    {
        if (settings.PositionUnit == PositionUnit.Pixels)
            return stored;
        if (settings.Import.Geometry is not { } geometry)
            throw new ArgumentException(
                "--positions-unit Metres needs --energy-kev, --distance and --detector-pixel, which give the object's pixel."
            );
        return [.. stored.Select(p => geometry.ToPixels(p.Column, p.Row, stack.Height, stack.Width))];
    }

    private static ScanPosition Turned(ScanPosition stored, ImportOptions options)
    {
        var (row, column) = options.SwapPositions ? (stored.Column, stored.Row) : (stored.Row, stored.Column);
        return new ScanPosition(options.FlipPositionRows ? -row : row, options.FlipPositionColumns ? -column : column);
    }
}
