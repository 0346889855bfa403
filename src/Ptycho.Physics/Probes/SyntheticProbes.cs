using System.Numerics;
using Ptycho.IO;

namespace Ptycho.Physics.Probes;

/// <summary>Illuminations made from formulas, scaled so that the largest modulus is 1.</summary>
public static class SyntheticProbes
{
    private const int StandardSize = 32;

    /// <summary>
    /// The probe "H" of the standard simulation, 32×32: a bright core on a weak halo,
    /// (0.88·S(r; 12, 3) + 0.12·exp(−(r/60)²))/max · exp(8i(r/10)²) · aberration, with the soft disk S of
    /// <see cref="SoftDisk"/>.
    /// </summary>
    public static Probe StandardH() =>
        Standard(r => 0.88 * SoftDiskProfile(r, 12, 3) + 0.12 * Math.Exp(-(r / 60) * (r / 60)));

    /// <summary>
    /// The probe "P1" of the standard simulation, 32×32: S(r; 20, 2)/max · exp(8i(r/10)²) · aberration; meant for
    /// windows that overhang the object.
    /// </summary>
    public static Probe StandardP1() => Standard(r => SoftDiskProfile(r, 20, 2));

    /// <summary>
    /// A disk with a soft edge, S(r; d, e) = 1/(1 + exp((r − d/2)/(e/2))), r from the centre of the frame, times the
    /// curvature exp(i·curvature·r²) of a defocused beam.
    /// </summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="diameter">Diameter d at half height, pixels, above 0.</param>
    /// <param name="edge">Width e of the edge, pixels, above 0.</param>
    /// <param name="curvature">Phase curvature, radians per square pixel; 0 is flat.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not finite.</exception>
    public static Probe SoftDisk(int height, int width, double diameter, double edge, double curvature = 0)
    {
        CheckPositive(diameter, nameof(diameter));
        CheckPositive(edge, nameof(edge));
        CheckFinite(curvature, nameof(curvature));
        return Radial(height, width, r => SoftDiskProfile(r, diameter, edge), r => curvature * r * r);
    }

    /// <summary>A Gaussian beam exp(−(r/waist)²)·exp(i·curvature·r²), r from the centre of the frame.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="waist">Radius at which the modulus is 1/e, pixels, above 0.</param>
    /// <param name="curvature">Phase curvature, radians per square pixel; 0 is flat.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or not finite.</exception>
    public static Probe Gaussian(int height, int width, double waist, double curvature = 0)
    {
        CheckPositive(waist, nameof(waist));
        CheckFinite(curvature, nameof(curvature));
        return Radial(height, width, r => Math.Exp(-(r / waist) * (r / waist)), r => curvature * r * r);
    }

    private static Probe Standard(Func<double, double> profile) =>
        FromPolar(
            StandardSize,
            StandardSize,
            profile,
            (row, column, r) => 8 * (r / 10) * (r / 10) + StandardAberration(row, column)
        );

    private static Probe Radial(int height, int width, Func<double, double> profile, Func<double, double> phase) =>
        FromPolar(height, width, profile, (_, _, r) => phase(r));

    private static Probe FromPolar(
        int height,
        int width,
        Func<double, double> profile,
        Func<int, int, double, double> phase
    )
    {
        var field = new ComplexField(height, width);
        var radius = (int row, int column) => double.Hypot(row - (height - 1) / 2.0, column - (width - 1) / 2.0);
        var largest = 0.0;
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
            largest = Math.Max(largest, profile(radius(row, column)));
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
        {
            var r = radius(row, column);
            field[row, column] = Complex.FromPolarCoordinates(profile(r) / largest, phase(row, column, r));
        }

        return Probe.FromField(field);
    }

    private static double SoftDiskProfile(double r, double diameter, double edge) =>
        1 / (1 + Math.Exp((r - diameter / 2) / (edge / 2)));

    // An exactly even probe with a constant start gives exact zeros whose phase is rounding noise; this breaks it.
    private static double StandardAberration(int row, int column)
    {
        var x = (column - 15.9) / 16;
        var y = (row - 15.2) / 16;
        var q = x * x + y * y;
        return 0.35 * (2 * (x * x - y * y) + 1.5 * x * y + 3 * x * q - 2 * y * q);
    }

    private static void CheckPositive(double value, string name)
    {
        if (!double.IsFinite(value) || value <= 0)
            throw new ArgumentOutOfRangeException(name, value, "Must be finite and above 0.");
    }

    private static void CheckFinite(double value, string name)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, "Must be finite.");
    }
}
