using Ptycho.Physics.Fourier;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// Puts a mask together from what is wrong with a detector. Every call takes pixels out and returns the builder. Frames
/// are those of a solver: the zero frequency at [0, 0].
/// </summary>
/// <param name="height">Rows of a frame, at least 1.</param>
/// <param name="width">Columns of a frame, at least 1.</param>
public sealed class DetectorMaskBuilder(int height, int width)
{
    private readonly int _height = Require.AtLeast(height, 1, nameof(height));
    private readonly int _width = Require.AtLeast(width, 1, nameof(width));
    private readonly float[] _weights = Ones(height, width);

    /// <summary>Pixels that are left.</summary>
    public int Measured => _weights.Count(weight => weight > 0);

    /// <summary>A round beamstop about the zero frequency.</summary>
    /// <param name="radius">Its radius, pixels, at least 0; a pixel goes if its middle lies within.</param>
    public DetectorMaskBuilder Beamstop(double radius)
    {
        Require.NotNegative(radius, nameof(radius));
        for (var row = 0; row < _height; row++)
        for (var column = 0; column < _width; column++)
            if (double.Hypot(Frequencies.Signed(row, _height), Frequencies.Signed(column, _width)) <= radius)
                _weights[row * _width + column] = 0;
        return this;
    }

    /// <summary>A rectangle, such as a gap between modules, in pixels from the zero frequency, −h/2 … h/2 − 1.</summary>
    /// <param name="firstRow">First row, negative above the zero frequency.</param>
    /// <param name="firstColumn">First column.</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="columns">Columns, at least 0.</param>
    public DetectorMaskBuilder Rectangle(int firstRow, int firstColumn, int rows, int columns)
    {
        Require.AtLeast(rows, 0, nameof(rows));
        Require.AtLeast(columns, 0, nameof(columns));
        for (var row = 0; row < _height; row++)
        for (var column = 0; column < _width; column++)
        {
            var y = Frequencies.Signed(row, _height) - firstRow;
            var x = Frequencies.Signed(column, _width) - firstColumn;
            if (y >= 0 && y < rows && x >= 0 && x < columns)
                _weights[row * _width + column] = 0;
        }

        return this;
    }

    /// <summary>One pixel, such as a hot one.</summary>
    public DetectorMaskBuilder Pixel(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _height);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _width);
        _weights[row * _width + column] = 0;
        return this;
    }

    /// <summary>
    /// Pixels that are 0 in every frame although the median of their measured neighbours' means is at least
    /// <paramref name="neighbours"/>: dead ones. What the light never reaches is not dead, and its zeros are data.
    /// </summary>
    /// <param name="frames">K·h·w values, in counts.</param>
    /// <param name="neighbours">Mean counts, above 0.</param>
    public DetectorMaskBuilder Dead(ReadOnlySpan<float> frames, double neighbours = 1)
    {
        Require.Positive(neighbours, nameof(neighbours));
        var sums = Statistic(frames, (sum, value) => sum + value);
        var count = frames.Length / sums.Length;
        Span<double> around = stackalloc double[8];
        var dead = new List<int>();
        for (var i = 0; i < sums.Length; i++)
            if (sums[i] == 0 && Median(sums, i, around) >= neighbours * count)
                dead.Add(i);
        foreach (var i in dead)
            _weights[i] = 0;
        return this;
    }

    /// <summary>Pixels that reach a level in some frame: full ones. One saturated frame spoils the pixel for all.</summary>
    /// <param name="frames">K·h·w values.</param>
    /// <param name="level">The level, in the unit of the frames, above 0.</param>
    public DetectorMaskBuilder Saturated(ReadOnlySpan<float> frames, double level)
    {
        Require.Positive(level, nameof(level));
        // NaN in one frame must not hide that the pixel is full in another.
        var largest = Statistic(frames, (most, value) => value > most ? value : most);
        for (var i = 0; i < largest.Length; i++)
            if (largest[i] >= level)
                _weights[i] = 0;
        return this;
    }

    /// <summary>Pixels that are negative or not finite in some frame.</summary>
    /// <param name="frames">K·h·w values.</param>
    public DetectorMaskBuilder Invalid(ReadOnlySpan<float> frames)
    {
        CheckLength(frames);
        for (var i = 0; i < frames.Length; i++)
            if (!(frames[i] >= 0 && float.IsFinite(frames[i])))
                _weights[i % _weights.Length] = 0;
        return this;
    }

    /// <summary>The mask.</summary>
    /// <param name="frameWeights">Weights of the frames, or null.</param>
    /// <exception cref="ArgumentException">No pixel is left.</exception>
    public DetectorMask Build(float[]? frameWeights = null) => new(_weights, frameWeights);

    private static float[] Ones(int height, int width)
    {
        var weights = new float[checked(Math.Max(1, height) * Math.Max(1, width))];
        Array.Fill(weights, 1);
        return weights;
    }

    // Over the frames, pixel by pixel.
    private double[] Statistic(ReadOnlySpan<float> frames, Func<double, double, double> next)
    {
        CheckLength(frames);
        var result = new double[_weights.Length];
        for (var i = 0; i < frames.Length; i++)
            result[i % result.Length] = next(result[i % result.Length], frames[i]);
        return result;
    }

    private double Median(double[] sums, int pixel, Span<double> around)
    {
        var (row, column, count) = (pixel / _width, pixel % _width, 0);
        for (var y = -1; y <= 1; y++)
        for (var x = -1; x <= 1; x++)
        {
            // Frequencies are cyclic, and so are the neighbours.
            var other = (row + y + _height) % _height * _width + (column + x + _width) % _width;
            if (other != pixel && _weights[other] > 0)
                around[count++] = sums[other];
        }

        around[..count].Sort();
        return count == 0 ? 0 : around[count / 2];
    }

    private void CheckLength(ReadOnlySpan<float> frames)
    {
        if (frames.Length == 0 || frames.Length % _weights.Length != 0)
            throw new ArgumentException(
                $"Frames of {_height}×{_width} pixels have a multiple of {_weights.Length} values, not {frames.Length}.",
                nameof(frames)
            );
    }
}
