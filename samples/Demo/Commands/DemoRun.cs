using Ptycho.Diffusion.Priors;
using Ptycho.Samples.Demo.Display;
using Ptycho.Samples.Demo.Methods;
using Ptycho.Samples.Demo.Reports;
using Ptycho.Samples.Demo.Scenes;
using static TorchSharp.torch;

namespace Ptycho.Samples.Demo.Commands;

/// <summary>Every method on every measurement, and the reports.</summary>
internal static class DemoRun
{
    public static void Run(DemoSettings settings, CancellationToken cancellationToken)
    {
        // Whatever is wrong shall show now and not after minutes of work.
        var scenes = DemoData.Read(settings.Data, settings.Crops, settings.Overlaps);
        if (!File.Exists(settings.Model))
            throw new FileNotFoundException($"The prior '{settings.Model}' does not exist; name one with --model.");
        if (File.Exists(settings.Output))
            throw new IOException($"'{settings.Output}' is a file; --out must name a folder.");
        Directory.CreateDirectory(settings.Output);
        set_num_threads(settings.Threads);
        using var prior = NetworkPrior.Load(settings.Model);

        var methods = DemoMethods.Create(prior, settings);
        var runs = RunDisplay.Show(
            methods,
            scenes,
            report => Comparison.Run(methods, scenes, report, cancellationToken)
        );
        cancellationToken.ThrowIfCancellationRequested();
        ResultFolder.Write(settings.Output, runs);
        ResultTable.Print(runs);
        ResultTable.PrintFiles(settings.Output);
    }
}
