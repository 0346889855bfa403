using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.ProbeSearching;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.OrientationSearching;

/// <summary>
/// Finds how the axes of the stage lie to those of the detector, where nobody knows: each of the eight orientations of the
/// positions is tried by some sweeps of rPIE with a refined probe on a part of the scan. Under a wrong one neighbouring frames
/// contradict each other, and the residual stays high. Turned positions serve for turned frames: the object then comes
/// out in the axes of the detector.
/// </summary>
public static class OrientationSearch
{
    // Below this the positions as they are stay: differences so small are those of the order of frames.
    private const double Worthwhile = 0.95;
    private const double Clear = 0.9;

    /// <summary>Searches.</summary>
    /// <param name="measurement">Neighbouring frames have to overlap, as for any refinement.</param>
    /// <param name="options">How much is tried.</param>
    /// <param name="progress">Told after every trial, on the calling thread.</param>
    /// <param name="cancellationToken">Checked in every sweep.</param>
    /// <exception cref="NumericalFailureException">Every trial diverged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OrientationSearchResult Find(
        Measurement measurement,
        OrientationSearchOptions? options = null,
        IProgress<OrientationTrial>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        options ??= new OrientationSearchOptions();
        var part = ScanMiddle.Of(measurement, options.Frames);
        var trials = new List<(OrientationTrial Trial, Probe? Probe)>();
        NumericalFailureException? failure = null;
        foreach (var orientation in ScanOrientation.All.Where(o => !options.SearchProbe || !o.FlipColumns))
        {
            var (residual, probe) = (double.PositiveInfinity, (Probe?)null);
            try
            {
                (residual, probe) = Try(Turned(part, orientation), options, cancellationToken);
            }
            catch (NumericalFailureException e)
            {
                failure = e;
            }

            var trial = new OrientationTrial(orientation, residual);
            trials.Add((trial, probe));
            progress?.Report(trial);
        }

        var least = trials.Min(t => t.Trial.Residual);
        if (double.IsInfinity(least))
            throw failure!;
        var best =
            trials[0].Trial.Residual * Worthwhile <= least ? trials[0] : trials.First(t => t.Trial.Residual == least);
        var others = trials.Where(t =>
            t.Trial.Orientation != best.Trial.Orientation && t.Trial.Orientation != best.Trial.Orientation.Twin
        );
        var isClear = others.All(t => best.Trial.Residual <= Clear * t.Trial.Residual);
        return new OrientationSearchResult(best.Trial, isClear, [.. trials.Select(t => t.Trial)], best.Probe);
    }

    /// <summary>The measurement with its positions turned, on the smallest object that holds all windows.</summary>
    /// <param name="measurement">The measurement; frames and probe stay as they are.</param>
    /// <param name="orientation">What is done to the positions.</param>
    public static Measurement Turned(Measurement measurement, ScanOrientation orientation)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        if (orientation.IsIdentity)
            return measurement;
        var (pattern, height, width) = new ScanPattern(measurement.Positions.Select(orientation.Apply)).FitObject(
            measurement.Data.Height,
            measurement.Data.Width
        );
        return new Measurement(measurement.Data, pattern, measurement.Probe, height, width)
        {
            Dropped = measurement.Dropped,
        };
    }

    private static (double Residual, Probe? Probe) Try(
        Measurement part,
        OrientationSearchOptions options,
        CancellationToken cancellationToken
    )
    {
        if (!options.SearchProbe)
            return (
                TrialSolver.Create(options.Sweeps, options.Seed).Solve(part, null, cancellationToken).Residual,
                null
            );
        var found = ProbeSearch.Find(
            part,
            new ProbeSearchOptions
            {
                Frames = options.Frames,
                Sweeps = options.Sweeps,
                Seed = options.Seed,
            },
            cancellationToken: cancellationToken
        );
        return (found.Best.Residual, found.Probe);
    }
}
