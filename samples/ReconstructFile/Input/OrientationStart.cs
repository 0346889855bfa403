using Ptycho.Physics.Files;
using Ptycho.Physics.Scans;
using Ptycho.Samples.ReconstructFile.Commands;
using Ptycho.Solvers.OrientationSearching;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>Where nobody knows how the stage's axes lie to the detector's: the orientation that explains the frames best.</summary>
internal static class OrientationStart
{
    /// <summary>The measurement as it is, or turned as was found where that was asked for.</summary>
    /// <exception cref="InvalidDataException">No orientation is clearly the best.</exception>
    public static ImportedMeasurement Find(
        ImportedMeasurement imported,
        Settings settings,
        CancellationToken cancellationToken
    )
    {
        if (!settings.Input.FindOrientation)
            return imported;
        Preflight.Require(PreflightReport.Create(imported), needed: 0, settings);
        var found = OrientationSearch.Find(
            imported.Measurement,
            new OrientationSearchOptions { SearchProbe = settings.Input.EstimateProbe, Seed = settings.Run.Seed },
            new Printer(),
            cancellationToken
        );
        if (!found.IsClear && !settings.Anyway)
            throw new InvalidDataException(
                $"'{settings.File}': no orientation of the positions explains the frames clearly better than the others; look at "
                    + "their unit, at the probe and at the zero frequency. (--anyway goes on with the best.)"
            );
        var (turned, given) = (found.Best.Orientation, settings.Input.Import);
        var measurement = OrientationSearch.Turned(imported.Measurement, turned);
        if (found.Probe is { } probe)
            measurement = measurement.WithProbe(probe);
        return imported with
        {
            Measurement = measurement,
            IsProbeFromFrames = imported.IsProbeFromFrames && found.Probe is null,
            Notes =
            [
                .. imported.Notes.SkipLast(imported.IsProbeFromFrames && found.Probe is not null ? 1 : 0),
                $"Of all orientations of the positions the best is: {turned}{Options(turned, given)}.{Twin(found)}",
                .. found.Probe is null ? Array.Empty<string>() : ["The probe was found from the frames with it."],
            ],
        };
    }

    private static string Twin(OrientationSearchResult found)
    {
        const double AsGood = 1.05;
        var twin = found.Trials.FirstOrDefault(trial => trial.Orientation == found.Best.Orientation.Twin);
        return twin is not null && twin.Residual > AsGood * found.Best.Residual
            ? ""
            : " Turned by 180° they explain the frames as well: the object might be turned and conjugated.";
    }

    // What to say the next time, in place of a search; negations join those already given.
    private static string Options(ScanOrientation turned, ImportOptions given)
    {
        if (turned.IsIdentity)
            return "";
        var (rows, columns) = turned.SwapAxes
            ? (given.FlipPositionColumns, given.FlipPositionRows)
            : (given.FlipPositionRows, given.FlipPositionColumns);
        List<string> options = [];
        if (given.SwapPositions != turned.SwapAxes)
            options.Add("--swap-positions");
        if (rows != turned.FlipRows)
            options.Add("--flip-position-rows");
        if (columns != turned.FlipColumns)
            options.Add("--flip-position-columns");
        return $" ({(options.Count == 0 ? "no option of positions" : string.Join(' ', options))} says so)";
    }

    private sealed class Printer : IProgress<OrientationTrial>
    {
        public void Report(OrientationTrial value) =>
            Console.WriteLine(
                FormattableString.Invariant($"positions {value.Orientation}: residual {value.Residual:F4}")
            );
    }
}
