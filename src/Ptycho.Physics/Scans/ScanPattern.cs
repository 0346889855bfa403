using System.Collections;
using System.Collections.Immutable;
using Ptycho.Physics.Validation;

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
    /// <param name="largestGrowth">
    /// The object may have so many times the pixels of all windows together, at least 1; a scan of steps of four windows
    /// has 16. More means a position far from the others, or in another unit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    /// <exception cref="ArgumentException">The object would grow beyond the factor; the outermost position is named.</exception>
    public (ScanPattern Pattern, int ObjectHeight, int ObjectWidth) FitObject(
        int windowHeight,
        int windowWidth,
        int margin = 0,
        double largestGrowth = 16
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowWidth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        Require.AtLeast(largestGrowth, 1, nameof(largestGrowth));
        CheckGrowth(windowHeight, windowWidth, margin, largestGrowth);
        var top = margin - Math.Floor(_positions.Min(p => p.Row));
        var left = margin - Math.Floor(_positions.Min(p => p.Column));
        var shifted = Shifted(top, left);
        var height = shifted.Max(p => p.WholePixel.Row) + windowHeight + margin;
        var width = shifted.Max(p => p.WholePixel.Column) + windowWidth + margin;
        return (shifted, height, width);
    }

    /// <summary>The larger of the ranges of rows and of columns, pixels.</summary>
    internal double Extent() =>
        Math.Max(
            _positions.Max(p => p.Row) - _positions.Min(p => p.Row),
            _positions.Max(p => p.Column) - _positions.Min(p => p.Column)
        );

    private void CheckGrowth(int windowHeight, int windowWidth, int margin, double largestGrowth)
    {
        var height = _positions.Max(p => p.Row) - _positions.Min(p => p.Row) + windowHeight;
        var width = _positions.Max(p => p.Column) - _positions.Min(p => p.Column) + windowWidth;
        var windows = (double)windowHeight * windowWidth * Count;
        var tooLarge = (height + 2.0 * margin) * (width + 2.0 * margin) > Array.MaxLength;
        if (height * width <= largestGrowth * windows && !tooLarge)
            return;
        var scan = OutlyingScan.Find(_positions, windowHeight, windowWidth);
        var far = Enumerable.Range(0, Count).MaxBy(k => scan.Distance(_positions[k]));
        throw new ArgumentException(
            FormattableString.Invariant(
                $"An object of {height:F0}×{width:F0} pixels would be needed, more than {largestGrowth} times those of all "
            )
                + $"windows together. Position {far}, (row {_positions[far].Row}, column {_positions[far].Column}), is the "
                + "furthest from the others: drop its frame, or check the positions' unit (pixels).",
            nameof(largestGrowth)
        );
    }

    /// <inheritdoc/>
    public IEnumerator<ScanPosition> GetEnumerator() => ((IEnumerable<ScanPosition>)_positions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
