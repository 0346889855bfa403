using Ptycho.IO;

namespace Ptycho.Physics.Objects;

/// <summary>
/// Draws a cell into a picture that holds −log magnitude (real plane) and phase (imaginary plane). Cells push each other
/// aside more than they pile up, so that where two meet, the weaker one counts little.
/// </summary>
internal static class CellPainter
{
    private const double EdgeWidth = 1.6;
    private const double RimWidth = 1.1;
    private const double Piling = 0.2;

    public static void Draw(ComplexField picture, Cell cell)
    {
        var reach = cell.Radius * Math.Max(cell.Stretch, 1 / cell.Stretch) + 5;
        var (top, bottom) = (Math.Max(0, (int)(cell.Y - reach)), Math.Min(picture.Height - 1, (int)(cell.Y + reach)));
        var (left, right) = (Math.Max(0, (int)(cell.X - reach)), Math.Min(picture.Width - 1, (int)(cell.X + reach)));
        var (sin, cos) = Math.SinCos(cell.Angle);
        for (var row = top; row <= bottom; row++)
        for (var column = left; column <= right; column++)
        {
            var (dy, dx) = (row - cell.Y, column - cell.X);
            var along = (dx * cos + dy * sin) / cell.Stretch;
            var across = (dy * cos - dx * sin) * cell.Stretch;
            var distance = Math.Sqrt(along * along + across * across);
            var inside = cell.Radius - distance;
            var body = Thickness(distance / cell.Radius, cell.Dimple) / (1 + Math.Exp(-inside / (EdgeWidth / 2)));
            var rim = cell.Rim * Line(inside / RimWidth) - cell.Halo * Line((inside + 2 * RimWidth) / RimWidth);
            var i = row * picture.Width + column;
            picture.Real[i] = (float)(Pile(picture.Real[i], cell.Absorption * body) + rim);
            picture.Imaginary[i] = (float)Pile(picture.Imaginary[i], cell.Phase * body);
        }
    }

    private static double Pile(double below, double above) =>
        Math.Max(below, above) + Piling * Math.Max(0, Math.Min(below, above));

    // A disk with rounded shoulders and a hollow, close to the profile of Evans and Fung (1972), softened: at most 1.
    private static double Thickness(double radius, double dimple)
    {
        var square = Math.Min(radius * radius, 1);
        var shoulder = Math.Sqrt(1 - 0.75 * square * square);
        return shoulder * (1 - dimple * Math.Exp(-4 * square));
    }

    private static double Line(double x) => Math.Exp(-x * x);
}
