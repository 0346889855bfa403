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

    /// <summary>Applies a rule to the windows that leave the object.</summary>
    /// <param name="pattern">The scan.</param>
    /// <param name="border">The rule.</param>
    /// <param name="objectHeight">Rows of the object, at least the window's.</param>
    /// <param name="objectWidth">Columns of the object, at least the window's.</param>
    /// <param name="windowHeight">Rows of a window.</param>
    /// <param name="windowWidth">Columns of a window.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is larger than the object, or the rule unknown.</exception>
    /// <exception cref="ArgumentException">No position is left.</exception>
    public static BorderedScan WithBorder(
        this ScanPattern pattern,
        ScanBorder border,
        int objectHeight,
        int objectWidth,
        int windowHeight,
        int windowWidth
    )
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var rows = Require.AtLeast(objectHeight, windowHeight, nameof(objectHeight)) - windowHeight;
        var columns = Require.AtLeast(objectWidth, windowWidth, nameof(objectWidth)) - windowWidth;
        bool Stays(ScanPosition p) =>
            border switch
            {
                ScanBorder.Clamp => true,
                // The whole pixel counts, for it is there that the window is cut.
                ScanBorder.Overhang => p.WholePixel.Row > -windowHeight
                    && p.WholePixel.Column > -windowWidth
                    && p.WholePixel.Row < objectHeight
                    && p.WholePixel.Column < objectWidth,
                ScanBorder.Crop => p.Row >= 0 && p.Row <= rows && p.Column >= 0 && p.Column <= columns,
                _ => throw new ArgumentOutOfRangeException(nameof(border), border, "The border rule is not known."),
            };
        int[] frames = [.. Enumerable.Range(0, pattern.Count).Where(k => Stays(pattern[k]))];
        if (frames.Length == 0)
            throw new ArgumentException("No window is left on the object.", nameof(pattern));
        var left = new ScanPattern(frames.Select(k => pattern[k]));
        return new BorderedScan(
            border == ScanBorder.Clamp ? left.Clamped(objectHeight, objectWidth, windowHeight, windowWidth) : left,
            frames
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
