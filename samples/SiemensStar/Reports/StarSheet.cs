using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Samples.SiemensStar.Runs;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.SiemensStar.Reports;

/// <summary>Phase and magnitude of the scanned area, and the probe with its modes.</summary>
internal static class StarSheet
{
    private const int ScaleBarPixels = 100;

    public static RgbImage Draw(StarComparison comparison)
    {
        var area = comparison.Area;
        (string Title, ReconstructionResult Result)[] columns =
        [
            ($"rPIE, {comparison.Rpie.Iterations} sweeps", comparison.Rpie),
            ($"ML, {comparison.Likelihood.Iterations} iterations", comparison.Likelihood),
        ];
        if (comparison.Parts is { } parts)
            columns = [.. columns, ("ML, half of the frames", parts.First), ("ML, a quarter", parts.Quarter)];
        var fields = columns.Select(column => Flat(area.Crop(column.Result.Object))).ToArray();
        var phases = Range(fields.SelectMany(Phases));
        var magnitudes = Range(fields.SelectMany(Magnitudes));
        return new FigureSheet(
            [.. columns.Select(column => column.Title)],
            [
                new FigureRow(
                    "phase",
                    [
                        .. fields.Select(
                            (field, i) =>
                                new FigurePanel(FieldImage.Phase(field, 0, ColorMap.Gray, phases))
                                {
                                    Caption = string.Create(
                                        CultureInfo.InvariantCulture,
                                        $"residual {columns[i].Result.Residual:F4}"
                                    ),
                                    ScaleBar = i == 0 ? new ScaleBar(ScaleBarPixels, $"{ScaleBarPixels} px") : null,
                                }
                        ),
                    ],
                    ColorBar.Linear(ColorMap.Gray, phases, "rad")
                ),
                new FigureRow(
                    "magnitude",
                    [.. fields.Select(field => new FigurePanel(FieldImage.Magnitude(field, magnitudes)))],
                    ColorBar.Linear(ColorMap.Gray, magnitudes, "of the median")
                ),
                new FigureRow("probe", [.. columns.Select(column => Probe(column.Result.Probe))]),
            ]
        )
        {
            Title = "Siemens star, far-field X-ray ptychography with an unknown probe",
            Footnote = Footnote(comparison),
            Enlargement = 1,
        }.Render();
    }

    private static string Footnote(StarComparison comparison)
    {
        var frames = comparison.Measurement.Data.FrameCount;
        if (comparison.Parts is not { } parts)
            return FormattableString.Invariant($"{frames} frames. Probe: magnitude of the strongest mode.");
        return FormattableString.Invariant(
            $"{frames} frames. Probe: magnitude of the strongest mode, and its part of the light.\nFourier ring correlation falls below half a bit: halves {Words(parts.Correlation)}, quarter {Words(parts.QuarterCorrelation)}."
        );
    }

    public static string Words(RingCorrelation rings) =>
        rings.Resolution is { } resolution
            ? FormattableString.Invariant($"at {resolution:F3} cycles a pixel (a period of {1 / resolution:F1} px)")
            : "nowhere";

    // Without what an unknown probe leaves free: a phase ramp, and a scale that is set by the median.
    private static ComplexField Flat(ComplexField field)
    {
        var one = ComplexField.Constant(field.Height, field.Width, 1);
        var flat = PhaseRamp.Between(field, one).ApplyTo(field);
        var median = Magnitudes(flat).Order().ElementAt(flat.Length / 2);
        for (var i = 0; i < flat.Length; i++)
        {
            flat.Real[i] /= median;
            flat.Imaginary[i] /= median;
        }

        return flat;
    }

    private static FigurePanel Probe(Probe probe)
    {
        var mode = probe.Modes[0];
        var largest = Enumerable.Range(0, mode.Length).Max(i => float.Hypot(mode.Real[i], mode.Imaginary[i]));
        return new FigurePanel(FieldImage.Magnitude(mode, new ValueRange(0, largest), ColorMap.Viridis))
        {
            Caption =
                probe.ModeCount == 1
                    ? ""
                    : FormattableString.Invariant($"{ProbeModes.Powers(probe)[0]:P0} of {probe.ModeCount} modes"),
        };
    }

    private static IEnumerable<float> Phases(ComplexField field) =>
        Enumerable.Range(0, field.Length).Select(i => float.Atan2(field.Imaginary[i], field.Real[i]));

    private static IEnumerable<float> Magnitudes(ComplexField field) =>
        Enumerable.Range(0, field.Length).Select(i => float.Hypot(field.Real[i], field.Imaginary[i]));

    // Without the outermost hundredths, which borders and dust have.
    private static ValueRange Range(IEnumerable<float> values)
    {
        var sorted = values.Order().ToArray();
        return ValueRange.Of([sorted[sorted.Length / 100], sorted[sorted.Length - 1 - sorted.Length / 100]]);
    }
}
