namespace Ptycho.IO.Png.Figures;

/// <summary>One row of a sheet.</summary>
/// <param name="Title">The text to the left, running upwards; may be empty.</param>
/// <param name="Panels">The pictures from the left; null leaves a place empty. At most one per column.</param>
/// <param name="Bar">The row's colour bar, drawn to the right.</param>
public sealed record FigureRow(string Title, IReadOnlyList<FigurePanel?> Panels, ColorBar? Bar = null);
