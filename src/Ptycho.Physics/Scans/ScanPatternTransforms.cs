using Ptycho.Physics.Randomness;
using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Scans;

/// <summary>Scans made from other scans.</summary>
public static class ScanPatternTransforms
{
    /// <summary>Each position moved at random, uniformly within ±amplitude on both axes.</summary>
    /// <param name="pattern">The scan.</param>
    /// <param name="amplitude">Largest move, pixels, at least 0.</param>
    /// <param name="seed">Seed; the same seed gives the same scan.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amplitude is negative or not finite.</exception>
    public static ScanPattern Jittered(this ScanPattern pattern, double amplitude, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Require.NotNegative(amplitude, nameof(amplitude));
        var random = new StableRandom(seed);
        return new ScanPattern(
            pattern.Select(p => new ScanPosition(
                p.Row + amplitude * (2 * random.NextDouble() - 1),
                p.Column + amplitude * (2 * random.NextDouble() - 1)
            ))
        );
    }

    /// <summary>Each position moved to the nearest whole pixel, for the fast path.</summary>
    public static ScanPattern Rounded(this ScanPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new ScanPattern(pattern.Select(p => new ScanPosition(p.WholePixel.Row, p.WholePixel.Column)));
    }

    /// <summary>
    /// Each position moved, where needed, so that its window lies inside the object: the border option "clamp".
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The window is larger than the object.</exception>
    public static ScanPattern Clamped(
        this ScanPattern pattern,
        int objectHeight,
        int objectWidth,
        int windowHeight,
        int windowWidth
    )
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var rows = Require.AtLeast(objectHeight, windowHeight, nameof(objectHeight)) - windowHeight;
        var columns = Require.AtLeast(objectWidth, windowWidth, nameof(objectWidth)) - windowWidth;
        return new ScanPattern(
            pattern.Select(p => new ScanPosition(Math.Clamp(p.Row, 0, rows), Math.Clamp(p.Column, 0, columns)))
        );
    }

    /// <summary>
    /// The same positions with every second line backwards, as a stage scans to save time. A line is a run of
    /// positions with one row.
    /// </summary>
    public static ScanPattern Snake(this ScanPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var lines = new List<List<ScanPosition>>();
        foreach (var position in pattern)
        {
            if (lines.Count == 0 || lines[^1][0].Row != position.Row)
                lines.Add([]);
            lines[^1].Add(position);
        }

        return new ScanPattern(lines.SelectMany((line, i) => i % 2 == 0 ? line : Enumerable.Reverse(line)));
    }
}
