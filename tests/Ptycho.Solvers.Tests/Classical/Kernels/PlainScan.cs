using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>
/// A scan by plain loops in double precision, sum by sum as the formulas are written: what a frame sees, the step to its
/// amplitudes, and how object and probe take it.
/// </summary>
internal sealed class PlainScan
{
    private readonly Measurement _measurement;
    private readonly int _height;
    private readonly int _width;

    internal PlainScan(Measurement measurement, ComplexField image, Probe? probe = null)
    {
        _measurement = measurement;
        (_height, _width) = (measurement.Data.Height, measurement.Data.Width);
        Image = Plain(image);
        Probe = [.. (probe ?? measurement.Probe).Modes.Select(Plain)];
    }

    /// <summary>o.</summary>
    internal Complex[,] Image { get; private set; }

    /// <summary>P, mode by mode.</summary>
    internal Complex[][,] Probe { get; private set; }

    internal void Become(Complex[,] image, Complex[][,] probe) => (Image, Probe) = (image, probe);

    /// <summary>Σ w(|Ψ| − a)² and δ = F⁻¹[w(a/|Ψ| − 1)Ψ] of every mode; a dark pixel of the first mode becomes a.</summary>
    internal (double Misfit, Complex[][,] Step) Step(int frame)
    {
        var data = _measurement.Data;
        var far = Probe.Select(mode => Fourier(Exit(mode, frame), -1)).ToArray();
        var misfit = 0.0;
        for (var row = 0; row < _height; row++)
        for (var column = 0; column < _width; column++)
        {
            var pixel = row * _width + column;
            var w = (data.Mask?.PixelWeights[pixel] ?? 1.0) * (data.Mask?.FrameWeight(frame) ?? 1);
            var value = w > 0 ? data.Values[frame * _height * _width + pixel] : 0.0;
            var a = data.Unit == DiffractionUnit.Amplitude ? value : Math.Sqrt(value);
            var length = Math.Sqrt(far.Sum(mode => Square(mode[row, column])));
            misfit += w * (length - a) * (length - a);
            for (var m = 0; m < far.Length; m++)
                far[m][row, column] =
                    length > 0 ? w * (a / length - 1) * far[m][row, column]
                    : m == 0 ? w * a
                    : 0;
        }

        return (misfit, [.. far.Select(mode => Fourier(mode, 1))]);
    }

    /// <summary>Adds γ·conj(P)/((1 − α)Σ|P|² + α·max Σ|P|²)·δ to the object, or conj(P)·δ where there is no α.</summary>
    internal void AddToObject(Complex[,] target, Complex[][,] step, int frame, double? alpha, double gamma)
    {
        var shifted = Probe.Select(mode => Shifted(mode, frame)).ToArray();
        var largest = Pixels().Max(at => Probe.Sum(mode => Square(mode[at.Row, at.Column])));
        foreach (var (row, column) in Pixels())
        {
            if (At(frame, row, column) is not { } at)
                continue;
            var light = shifted.Sum(mode => Square(mode[row, column]));
            var divisor = alpha is { } a ? (1 - a) * light + a * largest : 1;
            for (var m = 0; m < shifted.Length; m++)
                target[at.Row, at.Column] +=
                    gamma / divisor * Complex.Conjugate(shifted[m][row, column]) * step[m][row, column];
        }
    }

    /// <summary>γ·conj(o)/((1 − β)|o|² + β·max|o|²)·δ, max over the window, or conj(o)·δ where there is no β.</summary>
    internal Complex[][,] ProbeStep(Complex[][,] step, int frame, double? beta, double gamma)
    {
        var largest = Pixels().Max(at => Square(Seen(frame, at.Row, at.Column)));
        return [.. step.Select(mode => Shifted(Field(mode), frame, -1))];

        Complex[,] Field(Complex[,] mode)
        {
            var result = new Complex[_height, _width];
            foreach (var (row, column) in Pixels())
            {
                var o = Seen(frame, row, column);
                var divisor = beta is { } b ? (1 - b) * Square(o) + b * largest : 1;
                result[row, column] =
                    divisor > 0 ? gamma / divisor * Complex.Conjugate(o) * mode[row, column] : Complex.Zero;
            }

            return result;
        }
    }

    /// <summary>max_r Σ_k Σ_m|P_m(r − r_k)|² over the object, of some probe.</summary>
    internal double LargestLight(bool wholePixels)
    {
        var light = new double[Image.GetLength(0), Image.GetLength(1)];
        for (var frame = 0; frame < _measurement.Data.FrameCount; frame++)
            foreach (var mode in Probe)
            {
                var shifted = wholePixels ? mode : Shifted(mode, frame);
                foreach (var (row, column) in Pixels())
                    if (At(frame, row, column) is { } at)
                        light[at.Row, at.Column] += Square(shifted[row, column]);
            }

        return light.Cast<double>().Max();
    }

    /// <summary>max_r Σ_k|o_k(r)|² over the window.</summary>
    internal double LargestSeen() =>
        Pixels()
            .Max(at =>
                Enumerable.Range(0, _measurement.Data.FrameCount).Sum(frame => Square(Seen(frame, at.Row, at.Column)))
            );

    internal static Complex[,] Plain(ComplexField field)
    {
        var result = new Complex[field.Height, field.Width];
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
            result[row, column] = field[row, column];
        return result;
    }

    internal static void AssertSame(ComplexField found, Complex[,] expected, double tolerance, string what)
    {
        var largest = expected.Cast<Complex>().Max(Complex.Abs);
        for (var row = 0; row < found.Height; row++)
        for (var column = 0; column < found.Width; column++)
            Assert.That(
                (found[row, column] - expected[row, column]).Magnitude,
                Is.LessThan(tolerance * largest),
                $"{what}, row {row}, column {column}"
            );
    }

    /// <summary>
    /// The same light, whatever mixture of each other the modes are: Σ_m P_m(r) conj(P_m(r₀)) for some r₀.
    /// </summary>
    internal static void AssertSameModes(Probe found, Complex[][,] expected, double tolerance)
    {
        var modes = found.Modes.Select(Plain).ToArray();
        var (height, width) = (found.Height, found.Width);
        foreach (var (y, x) in ((int, int)[])[(0, 0), (height / 2, width / 3), (height - 1, width - 1)])
            AssertSame(Field(Mixed(modes, y, x)), Mixed(expected, y, x), tolerance, $"probe and row {y}, column {x}");
    }

    private static Complex[,] Mixed(Complex[][,] modes, int y, int x)
    {
        var result = new Complex[modes[0].GetLength(0), modes[0].GetLength(1)];
        foreach (var mode in modes)
            for (var row = 0; row < result.GetLength(0); row++)
            for (var column = 0; column < result.GetLength(1); column++)
                result[row, column] += mode[row, column] * Complex.Conjugate(mode[y, x]);
        return result;
    }

    private static ComplexField Field(Complex[,] plain)
    {
        var field = new ComplexField(plain.GetLength(0), plain.GetLength(1));
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
            field[row, column] = plain[row, column];
        return field;
    }

    private Complex[,] Exit(Complex[,] mode, int frame)
    {
        var exit = Shifted(mode, frame);
        foreach (var (row, column) in Pixels())
            exit[row, column] *= Seen(frame, row, column);
        return exit;
    }

    private Complex Seen(int frame, int row, int column) =>
        At(frame, row, column) is { } at ? Image[at.Row, at.Column] : Complex.Zero;

    private (int Row, int Column)? At(int frame, int row, int column)
    {
        var (top, left) = _measurement.Positions[frame].WholePixel;
        var (y, x) = (top + row, left + column);
        return y >= 0 && y < Image.GetLength(0) && x >= 0 && x < Image.GetLength(1) ? (y, x) : null;
    }

    private IEnumerable<(int Row, int Column)> Pixels() =>
        from row in Enumerable.Range(0, _height)
        from column in Enumerable.Range(0, _width)
        select (row, column);

    // P(r − d): sides of windows with fractions are odd, so that no frequency is its own negative.
    private Complex[,] Shifted(Complex[,] mode, int frame, int sign = 1)
    {
        var (down, right) = _measurement.Positions[frame].Fraction;
        if (down == 0 && right == 0)
            return (Complex[,])mode.Clone();
        var spectrum = Fourier(mode, -1);
        foreach (var (row, column) in Pixels())
            spectrum[row, column] *= Complex.FromPolarCoordinates(
                1,
                -2 * Math.PI * sign * (Signed(row, _height) * down / _height + Signed(column, _width) * right / _width)
            );
        return Fourier(spectrum, 1);
    }

    private static int Signed(int index, int length) => index <= (length - 1) / 2 ? index : index - length;

    // Orthonormal, one axis after the other.
    private static Complex[,] Fourier(Complex[,] field, int sign)
    {
        var (height, width) = (field.GetLength(0), field.GetLength(1));
        var rows = new Complex[height, width];
        for (var row = 0; row < height; row++)
        for (var u = 0; u < width; u++)
        for (var column = 0; column < width; column++)
            rows[row, u] += field[row, column] * Turn(sign, u * column, width);
        var result = new Complex[height, width];
        for (var v = 0; v < height; v++)
        for (var column = 0; column < width; column++)
        {
            for (var row = 0; row < height; row++)
                result[v, column] += rows[row, column] * Turn(sign, v * row, height);
            result[v, column] /= Math.Sqrt((double)height * width);
        }

        return result;
    }

    private static Complex Turn(int sign, int product, int length) =>
        Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * (product % length) / length);

    private static double Square(Complex value) => value.Real * value.Real + value.Imaginary * value.Imaginary;
}
