using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Solvers.Tiling;

/// <summary>
/// Whether a reconstruction has seams where windows or tiles meet: its error near the lines against its error elsewhere,
/// and the jumps of the error across the lines against those between other neighbours. The error is c·f − t, c the global
/// phase; t is the truth or, where there is none, another estimate that was made with other lines.
/// </summary>
public sealed record SeamReport
{
    private SeamReport() { }

    /// <summary>The error near the lines, relative to the root mean square of the truth over the whole field.</summary>
    public required double BorderError { get; init; }

    /// <summary>The error elsewhere, relative to the same.</summary>
    public required double InteriorError { get; init; }

    /// <summary>Border against interior; 1 without a seam, apart from <see cref="ErrorRatioSpread"/>.</summary>
    public double ErrorRatio => BorderError / InteriorError;

    /// <summary>
    /// The standard deviation of that ratio over other places of the lines: how far from 1 it may lie by what the object
    /// happens to be there.
    /// </summary>
    public required double ErrorRatioSpread { get; init; }

    /// <summary>The step of the error across the lines, root mean square, relative as the errors are.</summary>
    public required double BorderStep { get; init; }

    /// <summary>The step of the error between all other neighbours in the same directions.</summary>
    public required double InteriorStep { get; init; }

    /// <summary>Steps across the lines against others: the sharp measure of a seam; 1 without one.</summary>
    public double StepRatio => BorderStep / InteriorStep;

    /// <summary>The standard deviation of the steps' ratio over other places of the lines.</summary>
    public required double StepRatioSpread { get; init; }

    /// <summary>Share of the pixels that count as border.</summary>
    public required double BorderShare { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="estimate">The reconstruction.</param>
    /// <param name="truth">The truth, or another estimate; of the same shape.</param>
    /// <param name="lines">Where windows or tiles meet.</param>
    /// <param name="options">Width of the border; defaults if not given.</param>
    /// <exception cref="ArgumentException">
    /// The shapes differ, a value is not finite, the truth is 0, a line lies outside the field, there is none, or the
    /// borders leave no interior.
    /// </exception>
    public static SeamReport Between(
        ComplexField estimate,
        ComplexField truth,
        SeamLines lines,
        SeamOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(lines);
        options ??= new SeamOptions();
        var phase = ReconstructionMetrics.GlobalPhase(estimate, truth);
        var map = new SeamMap(estimate, truth, phase);
        Check(lines.Rows, truth.Height, "row");
        Check(lines.Columns, truth.Width, "column");
        if (lines.Rows.Count + lines.Columns.Count == 0)
            throw new ArgumentException("There is no line at which a seam could be.", nameof(lines));
        var here = map.Measure(lines, options.HalfWidth);
        if (!(here.BorderShare is > 0 and < 1))
            throw new ArgumentException(
                $"With HalfWidth {options.HalfWidth} the borders leave no interior.",
                nameof(options)
            );
        var others = Displaced(lines, truth.Height, truth.Width, options.Displacements)
            .Select(moved => map.Measure(moved, options.HalfWidth))
            .ToArray();
        return here with
        {
            ErrorRatioSpread = Spread(others, report => report.ErrorRatio),
            StepRatioSpread = Spread(others, report => report.StepRatio),
        };
    }

    internal static SeamReport Of(
        double borderError,
        double interiorError,
        double borderStep,
        double interiorStep,
        double share
    ) =>
        new()
        {
            BorderError = borderError,
            InteriorError = interiorError,
            BorderStep = borderStep,
            InteriorStep = interiorStep,
            BorderShare = share,
            ErrorRatioSpread = 0,
            StepRatioSpread = 0,
        };

    private static double Spread(IEnumerable<SeamReport> reports, Func<SeamReport, double> ratio)
    {
        var values = reports.Select(ratio).Where(double.IsFinite).ToArray();
        if (values.Length < 2)
            return double.NaN;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    /// <summary>The lines moved together by steps of the golden section, around the field's ends.</summary>
    private static IEnumerable<SeamLines> Displaced(SeamLines lines, int height, int width, int count)
    {
        const double Golden = 0.618033988749895;
        for (var i = 1; i <= count; i++)
        {
            var share = i * Golden % 1;
            yield return new SeamLines(Moved(lines.Rows, height, share), Moved(lines.Columns, width, share));
        }
    }

    private static int[] Moved(IReadOnlyList<int> lines, int length, double share) =>
        [.. lines.Select(line => 1 + (line - 1 + (int)(share * (length - 1))) % (length - 1)).Distinct().Order()];

    private static void Check(IReadOnlyList<int> lines, int length, string name)
    {
        foreach (var line in lines)
            if (line < 1 || line >= length)
                throw new ArgumentException($"The {name} line {line} must be 1 to {length - 1}.", nameof(lines));
    }
}
