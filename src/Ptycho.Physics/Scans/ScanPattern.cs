using System.Collections;
using System.Collections.Immutable;

namespace Ptycho.Physics.Scans;

/// <summary>The positions of a scan in the order of the frames. Immutable.</summary>
public sealed class ScanPattern : IReadOnlyList<ScanPosition>
{
    // Beyond this, row·width of an object no longer fits what an array can index anyway.
    private const double LargestCoordinate = 1 << 24;
    private readonly ImmutableArray<ScanPosition> _positions;

    /// <summary>Takes positions in frame order.</summary>
    /// <param name="positions">At least one; copied.</param>
    /// <exception cref="ArgumentException">
    /// There is no position, or one is not finite or beyond ±2²⁴ pixels (its index is named).
    /// </exception>
    public ScanPattern(IEnumerable<ScanPosition> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        _positions = [.. positions];
        if (_positions.IsEmpty)
            throw new ArgumentException("A scan needs at least one position.", nameof(positions));
        for (var k = 0; k < _positions.Length; k++)
            if (
                !(
                    Math.Abs(_positions[k].Row) <= LargestCoordinate
                    && Math.Abs(_positions[k].Column) <= LargestCoordinate
                )
            )
                throw new ArgumentException(
                    $"Position {k} is (row {_positions[k].Row}, column {_positions[k].Column}); "
                        + "it must be finite and within ±2²⁴ pixels.",
                    nameof(positions)
                );
        IsWhole = _positions.All(position => position.IsWhole);
    }

    /// <inheritdoc/>
    public int Count => _positions.Length;

    /// <summary>Whether every position is a whole pixel, which is the fast path of all operators.</summary>
    public bool IsWhole { get; }

    /// <inheritdoc/>
    public ScanPosition this[int index] => _positions[index];

    /// <summary>All positions moved by the same amount, pixels.</summary>
    public ScanPattern Shifted(double rows, double columns) =>
        new(_positions.Select(p => new ScanPosition(p.Row + rows, p.Column + columns)));

    /// <summary>
    /// The smallest object that holds every window, and the pattern moved so that the object's first pixel is (0, 0):
    /// for files whose positions have an arbitrary origin.
    /// </summary>
    /// <param name="windowHeight">Rows of a window, at least 1.</param>
    /// <param name="windowWidth">Columns of a window, at least 1.</param>
    /// <param name="margin">Further pixels left around it, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public (ScanPattern Pattern, int ObjectHeight, int ObjectWidth) FitObject(
        int windowHeight,
        int windowWidth,
        int margin = 0
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowWidth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        var top = margin - Math.Floor(_positions.Min(p => p.Row));
        var left = margin - Math.Floor(_positions.Min(p => p.Column));
        var shifted = Shifted(top, left);
        var height = shifted.Max(p => p.WholePixel.Row) + windowHeight + margin;
        var width = shifted.Max(p => p.WholePixel.Column) + windowWidth + margin;
        return (shifted, height, width);
    }

    /// <inheritdoc/>
    public IEnumerator<ScanPosition> GetEnumerator() => ((IEnumerable<ScanPosition>)_positions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
