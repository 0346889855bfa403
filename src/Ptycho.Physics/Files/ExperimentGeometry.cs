using Ptycho.Physics.Scans;

namespace Ptycho.Physics.Files;

/// <summary>
/// The far-field geometry of an experiment, in SI units: what turns metres of a stage into pixels of the object.
/// </summary>
public sealed record ExperimentGeometry
{
    /// <summary>Planck's constant times the speed of light, J·m (both exact in the SI).</summary>
    private const double PlanckTimesLight = 6.62607015e-34 * 299792458;

    /// <summary>One kiloelectronvolt in joules (exact in the SI).</summary>
    public const double JoulesPerKiloelectronvolt = 1.602176634e-16;

    /// <summary>Energy of a photon, J, above 0.</summary>
    public required double Energy
    {
        get;
        init => field = Positive(value, nameof(Energy));
    }

    /// <summary>From the sample to the detector, m, above 0.</summary>
    public required double Distance
    {
        get;
        init => field = Positive(value, nameof(Distance));
    }

    /// <summary>Height (y) of a detector pixel, m, above 0.</summary>
    public required double DetectorPixelHeight
    {
        get;
        init => field = Positive(value, nameof(DetectorPixelHeight));
    }

    /// <summary>Width (x) of a detector pixel, m, above 0.</summary>
    public required double DetectorPixelWidth
    {
        get;
        init => field = Positive(value, nameof(DetectorPixelWidth));
    }

    /// <summary>Wavelength λ = hc/E, m.</summary>
    public double Wavelength => PlanckTimesLight / Energy;

    /// <summary>
    /// The size of an object pixel in m, λz/(N·p) on each axis, for frames of the given number of pixels.
    /// </summary>
    /// <param name="frameHeight">Rows of a frame, at least 1.</param>
    /// <param name="frameWidth">Columns of a frame, at least 1.</param>
    public (double Height, double Width) ObjectPixel(int frameHeight, int frameWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameWidth, 1);
        var reach = Wavelength * Distance;
        return (reach / (frameHeight * DetectorPixelHeight), reach / (frameWidth * DetectorPixelWidth));
    }

    /// <summary>A position of the stage, m, as pixels of the object.</summary>
    /// <param name="x">Along the columns, m.</param>
    /// <param name="y">Along the rows, m.</param>
    /// <param name="frameHeight">Rows of a frame, at least 1.</param>
    /// <param name="frameWidth">Columns of a frame, at least 1.</param>
    public ScanPosition ToPixels(double x, double y, int frameHeight, int frameWidth)
    {
        var (height, width) = ObjectPixel(frameHeight, frameWidth);
        return new ScanPosition(y / height, x / width);
    }

    /// <summary>A position in pixels of the object as metres (x, y) of the stage, with the same origin.</summary>
    /// <param name="position">Pixels.</param>
    /// <param name="frameHeight">Rows of a frame, at least 1.</param>
    /// <param name="frameWidth">Columns of a frame, at least 1.</param>
    public (double X, double Y) ToMetres(ScanPosition position, int frameHeight, int frameWidth)
    {
        var (height, width) = ObjectPixel(frameHeight, frameWidth);
        return (position.Column * width, position.Row * height);
    }

    private static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be a finite number above 0.");
}
