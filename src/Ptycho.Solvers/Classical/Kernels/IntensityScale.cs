using System.Runtime.InteropServices;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// Measured intensities are multiplied by a power of four near the inverse square of a frame's, so that their products
/// with far fields' are far from the ends of what a float holds whatever the unit of the data; no bit of them changes.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct IntensityScale
{
    private const int LargestExponent = 60;

    // Of a far field whose exact value is not 0, rounding alone leaves more.
    private const int DarkExponent = -90;
    private const int LeastExponent = -124;

    /// <param name="brightest">The largest Σ w·a² of a frame.</param>
    /// <param name="isAmplitude">Whether the data are amplitudes.</param>
    public IntensityScale(double brightest, bool isAmplitude)
    {
        var exponent = brightest > 0 ? (int)Math.Clamp(Math.Log2(brightest), -LargestExponent, LargestExponent) : 0;
        IsAmplitude = isAmplitude;
        Factor = MathF.ScaleB(1, isAmplitude ? -exponent : -2 * exponent);
        Restore = MathF.ScaleB(1, exponent);
        Dark = MathF.ScaleB(1, Math.Max(exponent + DarkExponent, LeastExponent));
        ToUnits = Restore * (double)Restore;
    }

    /// <summary>Whether the data are amplitudes: then they are squared after they were scaled.</summary>
    public bool IsAmplitude { get; }

    /// <summary>The factor on data.</summary>
    public float Factor { get; }

    /// <summary>The root of what scaled intensities are to be multiplied by to be those of the data.</summary>
    public float Restore { get; }

    /// <summary>Far fields of lower intensity, in units of the data, count as 0.</summary>
    public float Dark { get; }

    /// <summary>The factor that makes scaled intensities those of the data.</summary>
    public double ToUnits { get; }
}
