using System.Numerics;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Propagation;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Reports.Pictures;

/// <summary>How the object is shown: free phase and scale fixed, colours that fit what light has seen, size.</summary>
internal sealed class ObjectView
{
    /// <summary>Of the magnitudes that are seen, so many lie in the colours' range.</summary>
    private const double Share = 0.998;

    /// <summary>Phases within ± this are weak.</summary>
    private const double Narrow = 2;

    /// <summary>Of the brightest pixel's light; with less the object is mostly noise, and may be of any size.</summary>
    private const double LeastLight = 0.02;

    private readonly bool[] _seen;

    /// <param name="report">What is shown.</param>
    /// <param name="whole">Whether large fields keep all of their pixels.</param>
    public ObjectView(ReconstructionReport report, bool whole = false)
    {
        var (measurement, result) = (report.Measurement, report.Result);
        var found = result.Object;
        _seen = Lit(result.Probe, result.Positions ?? measurement.Positions, found);
        Factor = whole ? 1 : FieldReduction.Factor(found.Height, found.Width);
        var turned = FieldReduction.Times(found, Complex.FromPolarCoordinates(1, -Sum(found, One(found)).Phase));
        After = FieldReduction.Reduce(turned, Factor);
        Magnitudes = new ValueRange(0, Quantile(turned, Magnitude, Share) is var high and > 0 ? high : 1);
        Phases = Weak(turned);
        if (report.Before is not { } before)
            return;
        // With a refined probe the scale is shared out between probe and object, and free as well.
        var match = Sum(turned, before);
        var scale = ReferenceEquals(result.Probe, measurement.Probe)
            ? match / Math.Max(match.Magnitude, 1e-30)
            : match / Math.Max(Sum(before, before).Real, 1e-30);
        Before = FieldReduction.Reduce(FieldReduction.Times(before, scale), Factor);
    }

    /// <summary>Object pixels on a side of a picture's pixel.</summary>
    public int Factor { get; }

    public ComplexField After { get; }

    public ComplexField? Before { get; }

    public ValueRange Magnitudes { get; }

    /// <summary>The range of the phases where they fill little of the circle; null where they want all of it.</summary>
    public ValueRange? Phases { get; }

    private static bool[] Lit(Probe probe, ScanPattern positions, ComplexField found)
    {
        var light = new FrameOperator(probe, positions, found.Height, found.Width).Illumination();
        var least = LeastLight * light.Max();
        return [.. light.Select(value => value >= least)];
    }

    private Complex Sum(ComplexField a, ComplexField b)
    {
        var sum = Complex.Zero;
        for (var i = 0; i < a.Length; i++)
            if (_seen[i])
                sum += new Complex(a.Real[i], a.Imaginary[i]) * new Complex(b.Real[i], -b.Imaginary[i]);
        return sum;
    }

    private static ComplexField One(ComplexField like) => ComplexField.Constant(like.Height, like.Width, 1);

    // Where nothing wraps, a range of its own shows weak phases far better than colours for the whole circle.
    private ValueRange? Weak(ComplexField field)
    {
        var (low, high) = (Quantile(field, Phase, 1 - Share), Quantile(field, Phase, Share));
        return low > -Narrow && high < Narrow && high - low > 1e-3 ? new ValueRange(low, high) : null;
    }

    private double Quantile(ComplexField field, Func<double, double, double> value, double probability)
    {
        double[] values =
        [
            .. Enumerable
                .Range(0, field.Length)
                .Where(i => _seen[i])
                .Select(i => value(field.Real[i], field.Imaginary[i]))
                .Order(),
        ];
        return values[(int)Math.Round(probability * (values.Length - 1))];
    }

    private static double Magnitude(double re, double im) => double.Hypot(re, im);

    private static double Phase(double re, double im) => Math.Atan2(im, re);
}
