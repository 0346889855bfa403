using System.Globalization;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Selection;

/// <summary>
/// Which solver suits a measurement. Overlap is <see cref="PreflightReport.ProbeOverlap"/>;
/// docs/choosing.md explains the limits, docs/results.md has the measurements behind them.
/// </summary>
internal static class SolverRules
{
    /// <summary>
    /// Up to here the prior was measured to halve AWF's error or better (74 % of the window of the standard probe).
    /// </summary>
    internal const double DenseOverlap = 0.65;

    /// <summary>
    /// Below it, what the data leave free grows with AWF's iterations unless a penalty holds it down, and a probe is refined later.
    /// </summary>
    internal const double SparseOverlap = 0.5;

    /// <summary>The share of the object inside windows below which it counts as sparsely scanned.</summary>
    internal const double FullCoverage = 0.75;

    internal static SolverChoice Choose(Measurement measurement, IPrior? prior, PtychographyOptions options)
    {
        var preflight = PreflightReport.Create(measurement);
        var (kind, reason) =
            options.Solver == SolverKind.Automatic
                ? Judge(preflight, prior is not null, options)
                : (options.Solver, "The options ask for it.");
        var factory = new SolverFactory(measurement, prior, options);
        return new SolverChoice(
            factory.Create(kind, sparse: preflight.ProbeOverlap < SparseOverlap, preflight),
            kind,
            reason,
            preflight
        );
    }

    private static (SolverKind Kind, string Reason) Judge(PreflightReport seen, bool prior, PtychographyOptions options)
    {
        var dense = seen.ProbeOverlap >= DenseOverlap && seen.Coverage >= FullCoverage;
        var refined = options.Refinement is not null || options.Correction is not null;
        var scan = Scan(seen);
        if (prior && !dense)
            return (
                SolverKind.Annealed,
                $"{scan}: the data leave the object open, and the prior fills in what they leave"
                    + (refined ? "; probe or positions are refined while it helps." : ".")
            );
        var what =
            (refined ? "probe or positions are to be refined together with the object" : "the probe is known")
            + (CountingNoise.IsFew(seen) ? Text($", and {CountingNoise.Mean(seen):G3} counts a pixel are few") : "");
        var open = seen.ProbeOverlap < SparseOverlap || seen.Coverage < FullCoverage ? ": expect artefacts" : "";
        return (
            SolverKind.MaximumLikelihood,
            prior
                ? $"{scan}: the data alone determine the object, so the prior is not used; {what}. "
                    + "Name a solver in the options to use the prior all the same."
                : $"{scan}, and there is no prior{open}; {what}."
        );
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Scan(PreflightReport seen) =>
        seen.Frames == 1
            ? "There is a single frame"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Neighbouring probes overlap by {100 * Math.Max(0, seen.ProbeOverlap):F0} % on average (the discs that hold 90 % of their light; "
                    + $"the windows by {100 * Math.Max(0, seen.WindowOverlap):F0} %), windows cover {100 * seen.Coverage:F0} % of the object"
            );
}
