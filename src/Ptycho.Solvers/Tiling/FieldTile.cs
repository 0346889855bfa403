using Ptycho.IO;

namespace Ptycho.Solvers.Tiling;

/// <summary>A part of a field, found by itself.</summary>
/// <param name="Row">Its first row in the field, pixels.</param>
/// <param name="Column">Its first column in the field, pixels.</param>
/// <param name="Object">The object there.</param>
public sealed record FieldTile(int Row, int Column, ComplexField Object)
{
    /// <summary>
    /// How well each pixel is known against others, [H, W] row-major, at least 0, such as the light that fell on it; null
    /// (the default) for all alike.
    /// </summary>
    public float[]? Confidence { get; init; }

    internal int EndRow => Row + Object.Height;

    internal int EndColumn => Column + Object.Width;
}
