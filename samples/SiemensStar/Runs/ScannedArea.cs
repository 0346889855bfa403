using Ptycho.IO;
using Ptycho.Physics.Measurements;

namespace Ptycho.Samples.SiemensStar.Runs;

/// <summary>The rectangle between the outermost centres of the windows, where there is light from all sides.</summary>
internal sealed record ScannedArea(int Top, int Left, int Height, int Width, int FieldHeight, int FieldWidth)
{
    public static ScannedArea Of(Measurement measurement)
    {
        var (rows, columns) = (measurement.Data.Height / 2, measurement.Data.Width / 2);
        var positions = measurement.Positions;
        var top = (int)positions.Min(p => p.Row) + rows;
        var left = (int)positions.Min(p => p.Column) + columns;
        return new ScannedArea(
            top,
            left,
            Math.Max(8, (int)positions.Max(p => p.Row) + rows - top),
            Math.Max(8, (int)positions.Max(p => p.Column) + columns - left),
            measurement.ObjectHeight,
            measurement.ObjectWidth
        );
    }

    public ComplexField Crop(ComplexField field)
    {
        var result = new ComplexField(Height, Width);
        for (var row = 0; row < Height; row++)
        for (var column = 0; column < Width; column++)
            result[row, column] = field[Top + row, Left + column];
        return result;
    }
}
