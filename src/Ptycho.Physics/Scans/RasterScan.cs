namespace Ptycho.Physics.Scans;

/// <summary>Rectangular scans, row after row, the column running fastest.</summary>
public static class RasterScan
{
    /// <summary>
    /// A raster whose windows all lie inside the object. On each axis 0, s, 2s, … as far as a window fits, and one
    /// more position at the end if the last one does not touch the border, so that every pixel is covered.
    /// </summary>
    /// <param name="objectHeight">Rows of the object, at least the window's.</param>
    /// <param name="objectWidth">Columns of the object, at least the window's.</param>
    /// <param name="windowHeight">Rows of a window, at least 1.</param>
    /// <param name="windowWidth">Columns of a window, at least 1.</param>
    /// <param name="step">Step s in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static ScanPattern Clamped(int objectHeight, int objectWidth, int windowHeight, int windowWidth, int step)
    {
        CheckSizes(objectHeight, objectWidth, windowHeight, windowWidth, step);
        return Grid(ClampedAxis(objectHeight - windowHeight, step), ClampedAxis(objectWidth - windowWidth, step));
    }

    /// <summary>
    /// A raster whose outer windows overhang the object, so that its border is seen as often as its middle: on each
    /// axis k = ⌈size/s⌉ + 1 positions a₀ + i·s with a₀ = ⌊(size − window − (k−1)s)/2⌋. The object is 0 outside.
    /// </summary>
    /// <param name="objectHeight">Rows of the object, at least the window's.</param>
    /// <param name="objectWidth">Columns of the object, at least the window's.</param>
    /// <param name="windowHeight">Rows of a window, at least 1.</param>
    /// <param name="windowWidth">Columns of a window, at least 1.</param>
    /// <param name="step">
    /// Step s in pixels, at least 1. One of the window's side or more is refused where the outermost windows would miss
    /// the object.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static ScanPattern Overhanging(
        int objectHeight,
        int objectWidth,
        int windowHeight,
        int windowWidth,
        int step
    )
    {
        CheckSizes(objectHeight, objectWidth, windowHeight, windowWidth, step);
        return Grid(OverhangingAxis(objectHeight, windowHeight, step), OverhangingAxis(objectWidth, windowWidth, step));
    }

    /// <summary>The step that gives an overlap of 1 − step/window, rounded to whole pixels, at least 1.</summary>
    /// <param name="overlap">Linear overlap ratio in [0, 1).</param>
    /// <param name="window">Width of the window, pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static int StepFromOverlap(double overlap, int window)
    {
        if (!(overlap >= 0 && overlap < 1))
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, "The overlap must be in [0, 1).");
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return Math.Max(1, (int)Math.Round((1 - overlap) * window, MidpointRounding.AwayFromZero));
    }

    /// <summary>The overlap ratio 1 − step/window of a step; negative where windows do not touch.</summary>
    /// <param name="step">Step, pixels, at least 0.</param>
    /// <param name="window">Width of the window, pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double OverlapFromStep(double step, int window)
    {
        if (!(step >= 0))
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be at least 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return 1 - step / window;
    }

    private static List<int> ClampedAxis(int last, int step)
    {
        var positions = new List<int>();
        for (var position = 0; position <= last; position += step)
            positions.Add(position);
        if (positions[^1] != last)
            positions.Add(last);
        return positions;
    }

    private static List<int> OverhangingAxis(int size, int window, int step)
    {
        var count = (size + step - 1) / step + 1;
        var first = (int)Math.Floor((size - window - (count - 1) * (double)step) / 2);
        if (first <= -window)
            throw new ArgumentOutOfRangeException(
                nameof(step),
                step,
                $"Windows of {window} pixels would miss an object of {size}; take a smaller step."
            );
        return [.. Enumerable.Range(0, count).Select(i => first + i * step)];
    }

    private static ScanPattern Grid(List<int> rows, List<int> columns) =>
        new(rows.SelectMany(row => columns.Select(column => new ScanPosition(row, column))));

    private static void CheckSizes(int objectHeight, int objectWidth, int windowHeight, int windowWidth, int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectHeight, windowHeight);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectWidth, windowWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
    }
}
