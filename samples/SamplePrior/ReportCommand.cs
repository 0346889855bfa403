using System.CommandLine;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.Diffusion.Transforms;
using Ptycho.IO.Files;
using Ptycho.IO.Png;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.TrainPrior;
using static TorchSharp.torch;

namespace Ptycho.Samples.SamplePrior;

/// <summary>Measures a prior of the blood-smear objects, and writes report.json, report.md and the samples' sheet.</summary>
internal sealed class ReportCommand
{
    private readonly CommonOptions common = new();
    private readonly Option<string> objects = new("--objects")
    {
        Description = "Folder with red, green, blue and aberration.npz (samples/FourierPtychography makes them).",
        Required = true,
    };
    private readonly Option<string> output = NewOption.Of(
        "--out",
        "Folder for report.json, report.md and samples.png.",
        Path.Combine("artifacts", "prior-report")
    );
    private readonly Option<int> count = NewOption.Of("--count", "Samples.", 32);
    private readonly Option<int> steps = NewOption.Of("--steps", "Steps of DPM-Solver++ for each sample.", 25);
    private readonly Option<int> validationCrops = NewOption.Of(
        "--validation-crops",
        "Crops of the validation block.",
        64
    );
    private readonly Option<int> levels = NewOption.Of(
        "--levels-per-crop",
        "Noise levels tried on each of them; 1 repeats the training's own validation.",
        4
    );

    public void AddTo(Command command)
    {
        common.AddTo(command);
        foreach (Option positive in new Option[] { count, steps, validationCrops, levels })
            OptionChecks.RequireBetween(positive, 1, 100_000);
        foreach (Option option in new Option[] { objects, output, count, steps, validationCrops, levels })
            command.Options.Add(option);
        command.SetAction((a, token) => Guarded.Run(() => Run(a, token)));
    }

    private void Run(ParseResult a, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        if (!Directory.Exists(a.GetRequiredValue(objects)))
            throw new DirectoryNotFoundException($"The folder '{a.GetRequiredValue(objects)}' does not exist.");
        using var prior = common.Load(a);
        if (prior.Transform is not MagnitudePhaseTransform transform)
            throw new InvalidDataException($"The report needs a magnitude-phase prior, not '{prior.Transform.Name}'.");
        var evaluation = new PriorEvaluation
        {
            Prior = prior,
            Encoder = new MagnitudePhaseEncoder(transform.Options),
            Folder = a.GetRequiredValue(objects),
            Seed = a.GetValue(common.Seed),
            Count = a.GetValue(count),
            Steps = a.GetValue(steps),
            ValidationCrops = a.GetValue(validationCrops),
            LevelsPerCrop = a.GetValue(levels),
        };
        var (report, samples) = evaluation.Run(Console.WriteLine, cancellationToken);
        var folder = Directory.CreateDirectory(a.GetValue(output)!).FullName;
        AtomicFile.WriteAllText(Path.Combine(folder, "report.json"), report.ToJson());
        AtomicFile.WriteAllText(Path.Combine(folder, "report.md"), ReportMarkdown.Write(report));
        PngFile.Write(Path.Combine(folder, "samples.png"), new SampleSheet().Render(samples, transform));
        Console.WriteLine($"Written to {folder} after {report.Seconds:F0} s.");
    }
}
