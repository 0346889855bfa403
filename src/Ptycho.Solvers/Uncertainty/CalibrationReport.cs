using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.Distributions;
using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>
/// Whether error bars are honest: how often the truth lies within the central interval mean ± z·s·k of a nominal
/// probability, over the pixels of objects whose truth is known. s is the samples' standard deviation (with the mean's own
/// error, √(1 + 1/C)) and k a global inflation factor. It is to be fitted on other objects than those it is reported for.
/// </summary>
public sealed record CalibrationReport
{
    private static readonly ImmutableArray<double> s_nominal = [0.5, 0.68, 0.8, 0.9, 0.95];

    /// <summary>Nominal probabilities.</summary>
    public ImmutableArray<double> Nominal { get; private init; } = s_nominal;

    /// <summary>Share of pixels whose true magnitude lies in the interval.</summary>
    public required ImmutableArray<double> MagnitudeCoverage { get; init; }

    /// <summary>Share of pixels whose true phase lies in the interval.</summary>
    public required ImmutableArray<double> PhaseCoverage { get; init; }

    /// <summary>k of the magnitude's intervals.</summary>
    public required double MagnitudeInflation { get; init; }

    /// <summary>k of the phase's intervals.</summary>
    public required double PhaseInflation { get; init; }

    /// <summary>Pixels counted.</summary>
    public required int Pixels { get; init; }

    /// <summary>Coverage with given inflation factors, 1 for the bare error bars.</summary>
    public static CalibrationReport Of(
        IReadOnlyList<(PosteriorSummary Summary, ComplexField Truth)> objects,
        double magnitudeInflation = 1,
        double phaseInflation = 1
    )
    {
        var (magnitude, phase) = Scores(objects);
        return new CalibrationReport
        {
            MagnitudeCoverage = Coverage(magnitude, magnitudeInflation),
            PhaseCoverage = Coverage(phase, phaseInflation),
            MagnitudeInflation = magnitudeInflation,
            PhaseInflation = phaseInflation,
            Pixels = magnitude.Length,
        };
    }

    /// <summary>The factors with which the central 68 % intervals of these objects hold 68 %.</summary>
    public static (double Magnitude, double Phase) FitInflation(
        IReadOnlyList<(PosteriorSummary Summary, ComplexField Truth)> objects
    )
    {
        const double share = 0.68;
        var (magnitude, phase) = Scores(objects);
        return (Fit(magnitude), Fit(phase));

        static double Fit(double[] scores)
        {
            Array.Sort(scores);
            return scores[(int)(share * (scores.Length - 1))] / Half(share);
        }
    }

    private static double Half(double share) => Normal.InvCDF(0, 1, (1 + share) / 2);

    private static ImmutableArray<double> Coverage(double[] scores, double inflation) =>
        [.. s_nominal.Select(p => scores.Count(z => z <= Half(p) * inflation) / (double)scores.Length)];

    private static (double[] Magnitude, double[] Phase) Scores(
        IReadOnlyList<(PosteriorSummary Summary, ComplexField Truth)> objects
    )
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (objects.Count == 0)
            throw new ArgumentException("At least one object with its truth is needed.", nameof(objects));
        var (magnitudes, phases) = (new List<double>(), new List<double>());
        foreach (var (summary, truth) in objects)
        {
            var turn = ReconstructionMetrics.GlobalPhase(truth, summary.Mean);
            var width = Math.Sqrt(1 + 1.0 / summary.Count);
            for (var i = 0; i < truth.Length; i++)
            {
                var mean = new Complex(summary.Mean.Real[i], summary.Mean.Imaginary[i]);
                var right = new Complex(truth.Real[i], truth.Imaginary[i]) * turn;
                magnitudes.Add(Score(right.Magnitude - mean.Magnitude, summary.MagnitudeDeviation[i] * width));
                phases.Add(Score((right * Complex.Conjugate(mean)).Phase, summary.PhaseDeviation[i] * width));
            }
        }
        return ([.. magnitudes], [.. phases]);
    }

    private static double Score(double error, double deviation) =>
        deviation > 0 ? Math.Abs(error) / deviation
        : error == 0 ? 0
        : double.PositiveInfinity;
}
