using Ptycho.IO.Files;
using Ptycho.IO.Png;
using Ptycho.Samples.Shared.Display;
using Ptycho.Samples.Shared.Results;
using Ptycho.Samples.Uncertainty.Results;
using Ptycho.Samples.Uncertainty.Sampling;

namespace Ptycho.Samples.Uncertainty.Commands;

/// <summary>Object after object, then the pictures and the numbers.</summary>
internal static class UncertaintyRun
{
    private const string Picture = "uncertainty.png";
    private const string Plot = "calibration.png";
    private const string Summary = "summary.json";

    public static void Run(Settings settings, CancellationToken cancellationToken)
    {
        if (settings.Size % 16 != 0)
            throw new ArgumentException($"--size must be a multiple of 16, not {settings.Size}.");
        settings.Run.RequirePrior();
        var source = new ObjectSource(settings);
        OutputFolder.Prepare(settings.Run.Output, [Picture, Plot, Summary], settings.Run.Force);
        using var prior =
            settings.Run.LoadPrior() ?? throw new ArgumentException("There is nothing to sample without --prior.");
        var sampling = new ObjectSampling(settings, prior);
        var objects = SolveDisplay.Run("Samples", progress => sampling.Run(source, progress, cancellationToken));

        var calibration = Calibration.Of(objects);
        PngFile.Write(Path.Combine(settings.Run.Output, Picture), PosteriorSheet.Draw(objects[^1], settings));
        PngFile.Write(Path.Combine(settings.Run.Output, Plot), CalibrationPlot.Draw(calibration));
        AtomicFile.WriteAllText(Path.Combine(settings.Run.Output, Summary), calibration.ToJson());
        Print(settings.Run.Output, calibration);
    }

    private static void Print(string folder, Calibration calibration)
    {
        Console.WriteLine("nominal  magnitude  phase   (share of pixels whose truth lies within the interval)");
        for (var i = 0; i < calibration.Nominal.Count; i++)
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{calibration.Nominal[i], 7:P0} {calibration.Corrected.Magnitude[i], 9:P1} {calibration.Corrected.Phase[i], 8:P1}"
                )
            );
        Console.WriteLine(calibration.Note);
        foreach (var name in (string[])[Picture, Plot, Summary])
            Console.WriteLine(Path.Combine(folder, name));
    }
}
