using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Solvers.ProbeSearching;

/// <summary>
/// Finds a probe to start from where nothing is known of it but the frames. Their mean gives the magnitude of its far field
/// (<see cref="FarFieldProbe"/>); a refinement finds what else there is, but not how far the sample stood from the focus: from a
/// probe of the wrong width it ends in a wrong minimum. So a ladder of widths, on both sides of the focus, is tried by some
/// sweeps of rPIE with a refined probe on a part of the scan, then the neighbourhood of the best.
/// </summary>
public static class ProbeSearch
{
    /// <summary>Each width of the ladder is so many times the one before.</summary>
    private const double Rung = 1.35;

    /// <summary>The smallest width out of focus, as a part of the window.</summary>
    private const double SmallestDiameter = 0.1;

    private const double LightShare = 0.9;

    /// <summary>Searches.</summary>
    /// <param name="measurement">
    /// Frames and positions; of its probe nothing is used. Neighbouring frames have to overlap, as for any refinement.
    /// </param>
    /// <param name="options">How much is tried.</param>
    /// <param name="progress">Told after every trial, on the calling thread.</param>
    /// <param name="cancellationToken">Checked in every sweep.</param>
    /// <exception cref="NumericalFailureException">Every trial diverged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ProbeSearchResult Find(
        Measurement measurement,
        ProbeSearchOptions? options = null,
        IProgress<ProbeTrial>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        options ??= new ProbeSearchOptions();
        var part = ScanMiddle.Of(measurement, options.Frames);
        var trials = new List<ProbeTrial>();
        var (probe, least, failure) = ((Probe?)null, double.PositiveInfinity, (NumericalFailureException?)null);
        foreach (var curvature in Ladder(part.Data, options))
            Try(curvature);
        var best = trials.MinBy(trial => trial.Residual)!;
        foreach (var factor in (double[])[1 / Math.Sqrt(Rung), Math.Sqrt(Rung)])
            if (probe is not null && best.Curvature != 0)
                Try(best.Curvature * factor);
        return probe is null
            ? throw failure!
            : new ProbeSearchResult(
                ExperimentRefiner.WithEnergy(probe, FarFieldProbe.Create(measurement.Data).Energy),
                trials.MinBy(trial => trial.Residual)!,
                trials
            );

        void Try(double curvature)
        {
            var start = FarFieldProbe.Create(part.Data, curvature);
            var residual = double.PositiveInfinity;
            try
            {
                var result = TrialSolver
                    .Create(options.Sweeps, options.Seed)
                    .Solve(part.WithProbe(start), null, cancellationToken);
                residual = result.Residual;
                if (residual < least)
                    (least, probe) = (residual, result.Probe);
            }
            catch (NumericalFailureException e)
            {
                failure = e;
            }

            var trial = new ProbeTrial(curvature, ProbeSize.EnergyDiameter(start, LightShare), residual);
            trials.Add(trial);
            progress?.Report(trial);
        }
    }

    /// <summary>In focus, then ever wider probes behind and before it.</summary>
    private static IEnumerable<double> Ladder(DiffractionData data, ProbeSearchOptions options)
    {
        yield return 0;
        var window = Math.Min(data.Height, data.Width);
        var focus = ProbeSize.EnergyDiameter(FarFieldProbe.Create(data), LightShare);
        for (var part = SmallestDiameter; part <= options.LargestDiameter; part *= Rung)
            if (part * window > focus)
            {
                var curvature = Curvature(data, part * window);
                yield return curvature;
                yield return -curvature;
            }
    }

    /// <summary>The curvature that makes the probe so wide; the width rises with it until the window is full.</summary>
    private static double Curvature(DiffractionData data, double diameter)
    {
        var (low, high) = (0.0, 16.0);
        while (Width(high) < diameter && high < 1e6)
            (low, high) = (high, 2 * high);
        for (var step = 0; step < 12; step++)
            (low, high) = Width((low + high) / 2) < diameter ? ((low + high) / 2, high) : (low, (low + high) / 2);
        return (low + high) / 2;

        double Width(double curvature) => ProbeSize.EnergyDiameter(FarFieldProbe.Create(data, curvature), LightShare);
    }
}
