using System.Numerics;
using Ptycho.IO;

namespace Ptycho.Solvers.Tiling;

/// <summary>The error of each pixel, and sums of it near lines and elsewhere.</summary>
internal sealed class SeamMap
{
    private readonly Complex[] _error;
    private readonly int _height;
    private readonly int _width;
    private readonly double _power;

    internal SeamMap(ComplexField estimate, ComplexField truth, Complex phase)
    {
        (_height, _width) = (truth.Height, truth.Width);
        _error = new Complex[truth.Length];
        for (var i = 0; i < _error.Length; i++)
        {
            var t = new Complex(truth.Real[i], truth.Imaginary[i]);
            _error[i] = phase * new Complex(estimate.Real[i], estimate.Imaginary[i]) - t;
            _power += Square(t);
        }
        _power /= _error.Length;
    }

    internal SeamReport Measure(SeamLines lines, int halfWidth)
    {
        var (rows, columns) = (Near(lines.Rows, _height, halfWidth), Near(lines.Columns, _width, halfWidth));
        var (border, interior) = (default(Sum), default(Sum));
        for (var y = 0; y < _height; y++)
        for (var x = 0; x < _width; x++)
            (rows[y] || columns[x] ? ref border : ref interior).Add(Square(_error[y * _width + x]));
        var (across, others) = (default(Sum), default(Sum));
        AddSteps(lines.Rows.ToHashSet(), _height, _width, _width, 1, ref across, ref others);
        AddSteps(lines.Columns.ToHashSet(), _width, _height, 1, _width, ref across, ref others);
        return SeamReport.Of(
            Math.Sqrt(border.Mean / _power),
            Math.Sqrt(interior.Mean / _power),
            Math.Sqrt(across.Mean / _power),
            Math.Sqrt(others.Mean / _power),
            (double)border.Count / _error.Length
        );
    }

    /// <summary>Steps from one pixel to the next along one axis, split by whether a line lies between. An axis without lines is left out.</summary>
    private void AddSteps(
        HashSet<int> lines,
        int length,
        int breadth,
        int along,
        int beside,
        ref Sum across,
        ref Sum others
    )
    {
        if (lines.Count == 0)
            return;
        for (var i = 1; i < length; i++)
        {
            ref var sum = ref lines.Contains(i) ? ref across : ref others;
            for (var j = 0; j < breadth; j++)
                sum.Add(Square(_error[i * along + j * beside] - _error[(i - 1) * along + j * beside]));
        }
    }

    private static bool[] Near(IReadOnlyList<int> lines, int length, int halfWidth)
    {
        var near = new bool[length];
        foreach (var line in lines)
            for (var i = Math.Max(0, line - halfWidth); i < Math.Min(length, line + halfWidth); i++)
                near[i] = true;
        return near;
    }

    private static double Square(Complex value) => value.Real * value.Real + value.Imaginary * value.Imaginary;

    private struct Sum
    {
        private double _total;

        public long Count { get; private set; }

        public readonly double Mean => _total / Count;

        public void Add(double value)
        {
            _total += value;
            Count++;
        }
    }
}
