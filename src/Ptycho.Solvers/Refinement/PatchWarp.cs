using System.Buffers;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Refinement;

/// <summary>
/// Moves an object with its frames: o'(r) = o(r − u(r)), u the mean of the shifts of all frames that light r, weighted by
/// their light there; by cubic convolution (Keys 1981). What one frame alone sees moves with it as it is.
/// </summary>
internal sealed class PatchWarp
{
    private const int Taps = 4;
    private readonly ScanPattern _positions;
    private readonly double[] _light;
    private readonly double[] _total;
    private readonly int _height;
    private readonly int _width;
    private readonly int _windowHeight;
    private readonly int _windowWidth;

    /// <param name="measurement">The frames where they are before they move.</param>
    internal PatchWarp(Measurement measurement)
    {
        (_height, _width) = (measurement.ObjectHeight, measurement.ObjectWidth);
        (_windowHeight, _windowWidth) = (measurement.Probe.Height, measurement.Probe.Width);
        _positions = measurement.Positions;
        _light = Light(measurement.Probe);
        _total = new double[_height * _width];
        foreach (var position in _positions)
        foreach (var (pixel, window) in Pixels(position))
            _total[pixel] += _light[window];
    }

    /// <param name="field">The object; stays as it is.</param>
    /// <param name="shifts">How far each frame moved, pixels down and to the right.</param>
    internal ComplexField Apply(ComplexField field, IReadOnlyList<(double Row, double Column)> shifts)
    {
        var result = field.Clone();
        if (shifts.All(shift => shift == default))
            return result;
        // Rented, because hundreds of trials a second need them.
        var down = ArrayPool<double>.Shared.Rent(_total.Length);
        var right = ArrayPool<double>.Shared.Rent(_total.Length);
        Mean(shifts, down, right);
        for (var row = 0; row < _height; row++)
        for (var column = 0; column < _width; column++)
        {
            var pixel = row * _width + column;
            if (down[pixel] != 0 || right[pixel] != 0)
                (result.Real[pixel], result.Imaginary[pixel]) = At(field, row - down[pixel], column - right[pixel]);
        }
        ArrayPool<double>.Shared.Return(down);
        ArrayPool<double>.Shared.Return(right);
        return result;
    }

    /// <summary>u(r).</summary>
    private void Mean(IReadOnlyList<(double Row, double Column)> shifts, double[] down, double[] right)
    {
        Array.Clear(down);
        Array.Clear(right);
        for (var k = 0; k < shifts.Count; k++)
            if (shifts[k] != default)
                foreach (var (pixel, window) in Pixels(_positions[k]))
                {
                    // Where there is no light, nothing is known and nothing moves.
                    var share = _total[pixel] > 0 ? _light[window] / _total[pixel] : 0;
                    down[pixel] += share * shifts[k].Row;
                    right[pixel] += share * shifts[k].Column;
                }
    }

    private (float Real, float Imaginary) At(ComplexField field, double row, double column)
    {
        var (top, left) = ((int)Math.Floor(row), (int)Math.Floor(column));
        var (real, imaginary) = (0.0, 0.0);
        for (var i = 0; i < Taps; i++)
        {
            var y = Math.Clamp(top - 1 + i, 0, _height - 1) * _width;
            var vertical = Cubic(row - (top - 1 + i));
            for (var j = 0; j < Taps; j++)
            {
                var weight = vertical * Cubic(column - (left - 1 + j));
                var pixel = y + Math.Clamp(left - 1 + j, 0, _width - 1);
                real += weight * field.Real[pixel];
                imaginary += weight * field.Imaginary[pixel];
            }
        }
        return ((float)real, (float)imaginary);
    }

    private static double Cubic(double x)
    {
        var d = Math.Abs(x);
        return d switch
        {
            < 1 => (1.5 * d - 2.5) * d * d + 1,
            < 2 => ((-0.5 * d + 2.5) * d - 4) * d + 2,
            _ => 0,
        };
    }

    private IEnumerable<(int Pixel, int Window)> Pixels(ScanPosition position)
    {
        var (top, left) = position.WholePixel;
        for (var row = Math.Max(0, -top); row < _windowHeight && top + row < _height; row++)
        for (var column = Math.Max(0, -left); column < _windowWidth && left + column < _width; column++)
            yield return ((top + row) * _width + left + column, row * _windowWidth + column);
    }

    private static double[] Light(Probe probe)
    {
        var light = new double[probe.Height * probe.Width];
        foreach (var mode in probe.Modes)
            for (var i = 0; i < light.Length; i++)
                light[i] += (double)mode.Real[i] * mode.Real[i] + (double)mode.Imaginary[i] * mode.Imaginary[i];
        return light;
    }
}
