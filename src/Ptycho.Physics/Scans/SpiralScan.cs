using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Scans;

/// <summary>Scans without the lattice of a raster, whose period would otherwise show in the reconstruction.</summary>
public static class SpiralScan
{
    private static readonly double GoldenAngle = Math.PI * (3 - Math.Sqrt(5));

    /// <summary>
    /// A Fermat spiral (Huang et al., Opt. Express 22, 12634, 2014) about the middle of the object: r = step·√(n/π),
    /// θ = n·golden angle, one position for every step² of area. All windows lie inside the object.
    /// </summary>
    /// <param name="objectHeight">Rows of the object, at least the window's.</param>
    /// <param name="objectWidth">Columns of the object, at least the window's.</param>
    /// <param name="windowHeight">Rows of a window, at least 1.</param>
    /// <param name="windowWidth">Columns of a window, at least 1.</param>
    /// <param name="step">Mean distance of neighbours, pixels, at least 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static ScanPattern Fermat(
        int objectHeight,
        int objectWidth,
        int windowHeight,
        int windowWidth,
        double step
    ) =>
        Inside(
            (objectHeight, objectWidth),
            (windowHeight, windowWidth),
            step,
            reach =>
                Enumerable
                    .Range(0, (int)Math.Ceiling(Math.PI * reach * reach) + 1)
                    .Select(n => (Math.Sqrt(n / Math.PI), n * GoldenAngle))
        );

    /// <summary>
    /// Concentric rings about the middle of the object: one position there, then 1, 2, 3, … steps out as many as lie
    /// about a step apart on their ring. All windows lie inside the object.
    /// </summary>
    /// <inheritdoc cref="Fermat"/>
    public static ScanPattern Concentric(
        int objectHeight,
        int objectWidth,
        int windowHeight,
        int windowWidth,
        double step
    ) =>
        Inside(
            (objectHeight, objectWidth),
            (windowHeight, windowWidth),
            step,
            reach => Enumerable.Range(0, (int)Math.Ceiling(reach) + 1).SelectMany(Ring)
        );

    private static IEnumerable<(double Radius, double Angle)> Ring(int ring)
    {
        var count = Math.Max(1, (int)Math.Round(2 * Math.PI * ring));
        return Enumerable.Range(0, count).Select(i => ((double)ring, 2 * Math.PI * i / count));
    }

    private static ScanPattern Inside(
        (int Height, int Width) image,
        (int Height, int Width) window,
        double step,
        Func<double, IEnumerable<(double Radius, double Angle)>> points
    )
    {
        Require.AtLeast(window.Height, 1, "windowHeight");
        Require.AtLeast(window.Width, 1, "windowWidth");
        Require.AtLeast(image.Height, window.Height, "objectHeight");
        Require.AtLeast(image.Width, window.Width, "objectWidth");
        Require.AtLeast(step, 0.5, nameof(step));
        var (rows, columns) = (image.Height - window.Height, image.Width - window.Width);
        var reach = double.Hypot(rows, columns) / 2 / step;
        return new ScanPattern(
            points(reach)
                .Select(p => new ScanPosition(
                    rows / 2.0 + step * p.Radius * Math.Sin(p.Angle),
                    columns / 2.0 + step * p.Radius * Math.Cos(p.Angle)
                ))
                .Where(p => p.Row >= 0 && p.Row <= rows && p.Column >= 0 && p.Column <= columns)
        );
    }
}
