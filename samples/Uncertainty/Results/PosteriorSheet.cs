using System.Globalization;
using System.Numerics;
using Ptycho.IO;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Figures;
using Ptycho.Physics.Metrics;
using Ptycho.Samples.Uncertainty.Commands;
using Ptycho.Samples.Uncertainty.Sampling;

namespace Ptycho.Samples.Uncertainty.Results;

/// <summary>Truth, mean, error and standard deviation of one object, magnitude above and phase below.</summary>
internal static class PosteriorSheet
{
    private static readonly ValueRange Magnitudes = new(0, 1.4);

    /// <summary>Small objects are enlarged to about so many pixels on a side.</summary>
    private const int SheetSide = 192;

    /// <summary>Errors beyond are drawn as this.</summary>
    private static readonly ValueRange Errors = new(0, 0.15);

    public static RgbImage Draw(SampledObject item, Settings settings)
    {
        var (truth, summary) = (item.Truth, item.Summary);
        var mean = summary.Mean;
        var turn = ReconstructionMetrics.GlobalPhase(truth, mean);
        var (magnitude, phase) = (new float[truth.Length], new float[truth.Length]);
        for (var i = 0; i < truth.Length; i++)
        {
            var right = turn * new Complex(truth.Real[i], truth.Imaginary[i]);
            var found = new Complex(mean.Real[i], mean.Imaginary[i]);
            magnitude[i] = (float)Math.Abs(right.Magnitude - found.Magnitude);
            phase[i] = (float)Math.Abs((right * Complex.Conjugate(found)).Phase);
        }
        var zero = ReconstructionMetrics.GlobalPhase(mean, truth).Phase;
        return new FigureSheet(
            ["truth", "mean", "|mean − truth|", "deviation"],
            [
                new FigureRow(
                    "magnitude",
                    [
                        new FigurePanel(FieldImage.Magnitude(truth, Magnitudes)),
                        new FigurePanel(FieldImage.Magnitude(mean, Magnitudes))
                        {
                            Caption = string.Create(
                                CultureInfo.InvariantCulture,
                                $"NRMSE {ReconstructionMetrics.Nrmse(mean, truth):F3}"
                            ),
                        },
                        Spread(magnitude, truth),
                        Spread(summary.MagnitudeDeviation, truth),
                    ],
                    ColorBar.Linear(ColorMap.Viridis, Errors)
                ),
                new FigureRow(
                    "phase",
                    [
                        new FigurePanel(FieldImage.Phase(truth)),
                        new FigurePanel(FieldImage.Phase(mean, -zero)),
                        Spread(phase, truth),
                        Spread(summary.PhaseDeviation, truth),
                    ],
                    ColorBar.Linear(ColorMap.Viridis, Errors, "rad")
                ),
            ]
        )
        {
            Title = string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Count} posterior samples at {settings.Overlap} % overlap"
            ),
            Footnote = string.Create(
                CultureInfo.InvariantCulture,
                $"Truth and mean: magnitude {Magnitudes.Low} to {Magnitudes.High}, phase −π to π. Colour bars: error and deviation."
            ),
            Enlargement = Math.Max(1, SheetSide / truth.Height),
        }.Render();
    }

    private static FigurePanel Spread(float[] values, ComplexField like) =>
        new(FieldImage.Render(values, like.Height, like.Width, ColorMap.Viridis, Errors));
}
