using Ptycho.Physics.Files;
using Ptycho.Samples.ReconstructFile.Commands;
using Ptycho.Solvers.ProbeSearching;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>Where nobody knows the probe: one from the frames to start with, which the solver then refines.</summary>
internal static class ProbeStart
{
    /// <summary>The measurement as it is, or with the probe found where that was asked for.</summary>
    /// <exception cref="ArgumentException">There is no probe, and none was asked for.</exception>
    /// <exception cref="InvalidDataException">The data are so wrong that a search is in vain.</exception>
    public static ImportedMeasurement Find(
        ImportedMeasurement imported,
        Settings settings,
        CancellationToken cancellationToken
    )
    {
        // With the orientation a probe has been found, too.
        if (!settings.Input.EstimateProbe || settings.Input.FindOrientation)
            return imported.IsProbeFromFrames && !settings.CheckOnly
                ? throw new ArgumentException(
                    $"'{settings.File}' has no probe: give one with --probe, or let --estimate-probe find one from the frames."
                )
                : imported;
        // A search over positions in the wrong unit would only take long.
        Preflight.Require(PreflightReport.Create(imported), needed: 0, settings);
        var found = ProbeSearch.Find(
            imported.Measurement,
            new ProbeSearchOptions { Seed = settings.Run.Seed },
            new Printer(),
            cancellationToken
        );
        return imported with
        {
            Measurement = imported.Measurement.WithProbe(found.Probe),
            Notes =
            [
                .. imported.Notes.SkipLast(imported.IsProbeFromFrames ? 1 : 0),
                FormattableString.Invariant(
                    $"The probe was found from the frames: {found.Best.Diameter:F0} px wide (90 % of the light), the best of {found.Trials.Count} starts."
                ),
            ],
        };
    }

    private sealed class Printer : IProgress<ProbeTrial>
    {
        private int _count;

        public void Report(ProbeTrial value) =>
            Console.WriteLine(
                FormattableString.Invariant(
                    $"probe, start {++_count}: {value.Diameter:F0} px wide, {Side(value.Curvature)}, residual {value.Residual:F4}"
                )
            );

        private static string Side(double curvature) =>
            curvature switch
            {
                0 => "in focus",
                < 0 => "behind the focus",
                _ => "before the focus",
            };
    }
}
