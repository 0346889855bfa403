using System.CommandLine;
using Ptycho.Physics.Files;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>Options of the experiment's geometry, which turns metres into pixels.</summary>
internal sealed class GeometryFlags
{
    private readonly Option<double?> _energy = NewOption.Of<double?>(
        "--energy-kev",
        "Energy of a photon, keV, where the file has none.",
        null
    );
    private readonly Option<double?> _distance = NewOption.Of<double?>(
        "--distance",
        "From the sample to the detector, m, where the file has none.",
        null
    );
    private readonly Option<double?> _pixel = NewOption.Of<double?>(
        "--detector-pixel",
        "Side of a detector pixel, m (75e-6, say), where the file has none.",
        null
    );

    private Option<double?>[] All => [_energy, _distance, _pixel];

    public GeometryFlags()
    {
        foreach (var option in All)
            OptionChecks.RequirePositive(option);
    }

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            var given = All.Count(option => result.GetValue(option) is not null);
            if (given is not 0 && given != All.Length)
                result.AddError("--energy-kev, --distance and --detector-pixel belong together; give all or none.");
        });
    }

    /// <summary>The geometry, or null where none is given.</summary>
    public ExperimentGeometry? Read(ParseResult arguments) =>
        arguments.GetValue(_energy) is { } energy
        && arguments.GetValue(_distance) is { } distance
        && arguments.GetValue(_pixel) is { } pixel
            ? new ExperimentGeometry
            {
                Energy = energy * ExperimentGeometry.JoulesPerKiloelectronvolt,
                Distance = distance,
                DetectorPixelHeight = pixel,
                DetectorPixelWidth = pixel,
            }
            : null;
}
