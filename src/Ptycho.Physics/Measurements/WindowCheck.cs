using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Measurements;

/// <summary>Windows must touch the object, or their frames say nothing about it.</summary>
internal static class WindowCheck
{
    public static void RequireInside(ScanPattern positions, int height, int width, int objectHeight, int objectWidth)
    {
        for (var k = 0; k < positions.Count; k++)
        {
            if (!IsInside(positions[k], height, width, objectHeight, objectWidth))
                throw new ArgumentException(
                    $"The {height}×{width} window of frame {k} at (row {positions[k].Row}, column "
                        + $"{positions[k].Column}) lies outside the {objectHeight}×{objectWidth} object. Positions are "
                        + "those of the window's first pixel, row first; shift them or enlarge the object.",
                    nameof(positions)
                );
        }
    }

    /// <summary>Whether a window and the object share a pixel.</summary>
    public static bool IsInside(ScanPosition position, int height, int width, int objectHeight, int objectWidth)
    {
        var row = Math.Floor(position.Row + 0.5);
        var column = Math.Floor(position.Column + 0.5);
        return row + height > 0 && column + width > 0 && row < objectHeight && column < objectWidth;
    }
}
