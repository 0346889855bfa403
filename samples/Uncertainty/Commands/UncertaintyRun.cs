using Ptycho.Diffusion.Priors;
using Ptycho.IO.Files;
using Ptycho.IO.Png;
using Ptycho.Samples.Shared.Display;
using Ptycho.Samples.Shared.Results;
using Ptycho.Samples.Uncertainty.Results;
using Ptycho.Samples.Uncertainty.Sampling;
using static TorchSharp.torch;

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
        if (!File.Exists(settings.Prior))
            throw new FileNotFoundException($"The prior '{settings.Prior}' does not exist; name one with --prior.");
        var source = new ObjectSource(settings);
        OutputFolder.Prepare(settings.Output, [Picture, Plot, Summary], settings.Force);
        set_num_threads(settings.Threads);
        using var prior = NetworkPrior.Load(settings.Prior);
        var sampling = new ObjectSampling(settings, prior);
        var objects = SolveDisplay.Run("Samples", progress => sampling.Run(source, progress, cancellationToken));

        var calibration = Calibration.Of(objects);
        PngFile.Write(Path.Combine(settings.Output, Picture), PosteriorSheet.Draw(objects[^1], settings));
        PngFile.Write(Path.Combine(settings.Output, Plot), CalibrationPlot.Draw(calibration));
        AtomicFile.WriteAllText(Path.Combine(settings.Output, Summary), calibration.ToJson());
        Print(settings.Output, calibration);
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
