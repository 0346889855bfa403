using Ptycho.Diffusion.Priors;
using Ptycho.Samples.LargeField.Display;
using Ptycho.Samples.LargeField.Methods;
using Ptycho.Samples.LargeField.Reports;
using Ptycho.Samples.LargeField.Scenes;
using static TorchSharp.torch;

namespace Ptycho.Samples.LargeField.Commands;

/// <summary>The field, every method on it, and the reports.</summary>
internal static class LargeFieldRun
{
    public static void Run(LargeFieldSettings settings, CancellationToken cancellationToken)
    {
        // Whatever is wrong shall show now and not after minutes of work.
        var scene = FieldScene.Create(settings);
        if (!File.Exists(settings.Model))
            throw new FileNotFoundException($"The prior '{settings.Model}' does not exist; name one with --model.");
        if (File.Exists(settings.Output))
            throw new IOException($"'{settings.Output}' is a file; --out must name a folder.");
        Directory.CreateDirectory(settings.Output);
        set_num_threads(settings.Threads);
        using var prior = NetworkPrior.Load(settings.Model);
        Console.WriteLine($"{scene.Description}, {scene.Measurement.Positions.Count} patterns.");
        var methods = FieldMethods.Create(prior, settings);
        var runs = RunDisplay.Show(
            methods,
            observer => methods.Select(method => method.Run(scene, observer, cancellationToken)).ToArray()
        );
        cancellationToken.ThrowIfCancellationRequested();
        ResultFolder.Write(settings, scene, runs);
        ResultTable.Print(runs);
        ResultTable.PrintFiles(settings.Output);
    }
}
