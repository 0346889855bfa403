using Ptycho.Diffusion.Priors;
using Ptycho.Samples.LargeField.Display;
using Ptycho.Samples.LargeField.Methods;
using Ptycho.Samples.LargeField.Reports;
using Ptycho.Samples.LargeField.Scenes;
using Ptycho.Samples.Shared.Commands;
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
        var checkpoints = new FieldCheckpoints(settings.Output);
        var methods = FieldMethods.Create(prior, settings, checkpoints);
        FieldRun[] runs;
        try
        {
            runs = RunDisplay.Show(
                methods,
                observer => methods.Select(method => method.Run(scene, observer, cancellationToken)).ToArray()
            );
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (checkpoints.Any)
        {
            throw new StoppedException(
                $"Stopped; what was done is in {settings.Output}, *.checkpoint.safetensors. The same command goes on from there."
            );
        }
        ResultFolder.Write(settings, scene, runs);
        checkpoints.Delete();
        ResultTable.Print(runs);
        ResultTable.PrintFiles(settings.Output);
    }
}
