using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Training;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;
using Ptycho.Samples.TrainPrior;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.PostProcessing;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.PaperTables.Training;

/// <summary>
/// Trains the U-Net of one overlap on the standard simulation with probe H: pairs from the training regions, validated on the
/// validation block of red, green and blue. Pairs and checkpoints lie beside the file until it is finished.
/// </summary>
/// <param name="objects">Folder of the recovered objects.</param>
/// <param name="output">Folder of the networks.</param>
/// <param name="options">The budget.</param>
/// <param name="awfIterations">Iterations of AWF.</param>
/// <param name="threads">Threads that make pairs.</param>
/// <param name="log">Receives a line now and then.</param>
internal sealed class UNetTraining(
    string objects,
    string output,
    UNetPostOptions options,
    int awfIterations,
    int threads,
    TextWriter log
)
{
    private const string Finished = "finished";

    // Streams of crops that no other seed of this program meets.
    private const ulong TrainingStream = 0x554E_4554_0000_0000;
    private const ulong ValidationStream = 0x5641_4C55_0000_0000;

    private readonly AwfOptions _awf = new() { Stop = new StopRules { Iterations = awfIterations } };

    /// <summary>Trains, or goes on training, unless the same training is finished.</summary>
    public void Run(int overlap, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(output);
        var path = UNetFiles.Path(output, overlap);
        var budget = Budget();
        if (IsFinished(path, budget))
        {
            log.WriteLine($"{path} is finished.");
            return;
        }
        var clock = Stopwatch.StartNew();
        var work = Path.Combine(output, string.Create(CultureInfo.InvariantCulture, $"work-{overlap}"));
        var training = Pairs(
            BloodSmearSplit.Training(objects, withValidation: false, aberrationWeight: 1),
            TrainingStream,
            overlap,
            options.TrainingPairs,
            Path.Combine(work, "training"),
            cancellationToken
        );
        var validation = Pairs(
            BloodSmearSplit.Validation(objects),
            ValidationStream,
            overlap,
            options.ValidationPairs,
            Path.Combine(work, "validation"),
            cancellationToken
        );
        log.WriteLine(
            Text($"{overlap} %: pairs after {clock.Elapsed.TotalSeconds:F0} s, {options.Steps} steps to train")
        );
        var description = new UNetPostDescription
        {
            Overlap = overlap / 100.0,
            Probe = "H, standard simulation",
            Notes = ImmutableSortedDictionary<string, string>
                .Empty.WithComparers(StringComparer.Ordinal)
                .Add("budget", budget)
                .Add("data", "blood-smear objects recovered by Fourier ptychography; see NOTICE"),
        };
        var outcome = new UNetPostTrainer(options).Train(
            path,
            training,
            validation,
            _awf,
            description,
            Path.Combine(work, "checkpoints"),
            progress: new Lines(log, overlap),
            cancellationToken: cancellationToken
        );
        if (!outcome.Finished)
            cancellationToken.ThrowIfCancellationRequested();
        Finish(path, budget);
        Directory.Delete(work, recursive: true);
        log.WriteLine(Text($"{path} is finished after {clock.Elapsed.TotalSeconds:F0} s in this session."));
    }

    private PairSet Pairs(
        IReadOnlyList<CropImage> images,
        ulong stream,
        int overlap,
        int count,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var probe = Probes.Create(Probes.H);
        var crops = new CropSampler(images, new CropSamplerOptions { Seed = options.Seed ^ stream });
        var scan = Scans.Create(Scans.Raster, probe, overlap);
        var source = new AwfPairSource(
            crops,
            TestCrops.Size,
            probe,
            scan,
            _awf,
            StandardSimulation.PeakCounts,
            options.Seed ^ stream
        );
        return PairSet.Create(
            source,
            count,
            options.Channels,
            folder,
            threads,
            progress: null,
            cancellationToken: cancellationToken
        );
    }

    /// <summary>Everything that a network's numbers depend on.</summary>
    private string Budget() =>
        JsonSerializer.Serialize(new { AwfIterations = awfIterations, Options = options }, JsonOutput.Options);

    private static bool IsFinished(string path, string budget)
    {
        if (!File.Exists(path))
            return false;
        using var network = UNetPostProcessor.Load(path);
        return network.Description.Notes.GetValueOrDefault(Finished) == "yes"
            && network.Description.Notes.GetValueOrDefault("budget") == budget;
    }

    private static void Finish(string path, string budget)
    {
        using var trained = UNetPostProcessor.Load(path);
        trained.Save(
            path,
            trained.Description with
            {
                Notes = trained.Description.Notes.SetItem(Finished, "yes").SetItem("budget", budget),
            }
        );
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Lines(TextWriter log, int overlap) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            log.WriteLine(
                Text(
                    $"{overlap} %: step {value.Step}/{value.Steps}  loss {value.Loss:F5}  {value.SecondsPerStep:F3} s/step  left {value.TimeLeft:hh\\:mm\\:ss}  validation {value.Validation?.Score ?? double.NaN:F5} at {value.ValidationStep}"
                )
            );
    }
}
