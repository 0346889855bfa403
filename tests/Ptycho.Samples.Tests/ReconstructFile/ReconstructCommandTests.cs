using System.Text.Json;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Scans;
using Ptycho.Samples.ReconstructFile.Commands;
using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Shared.Results;
using Ptycho.Solvers;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Tests.ReconstructFile;

[NonParallelizable]
public sealed class ReconstructCommandTests
{
    private static readonly ExperimentGeometry Geometry = new()
    {
        Energy = 0.8 * ExperimentGeometry.JoulesPerKiloelectronvolt,
        Distance = 0.02,
        DetectorPixelHeight = 48.4e-6,
        DetectorPixelWidth = 48.4e-6,
    };

    [Test]
    public async Task AMeasurementBecomesAllResultsOnceAndAgainOnlyByForce()
    {
        using var folder = new TemporaryFolder();
        var (file, output) = (folder.File("phantom.npz"), folder.File("out"));
        MeasurementFile.Write(file, Make.Measurement(), Make.Truth);
        string[] command = [file, "--out", output, "--iterations", "60", "--frc"];
        Assert.That(await Run(command), Is.Zero);
        var arrays = NpzFile.Read(Path.Combine(output, ReconstructionFiles.Arrays));
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, ReconstructionFiles.Summary)));
        var report = File.ReadAllText(Path.Combine(output, "report.html"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report, Does.Contain("CheckpointEvery").And.Not.Contain("UnknownFlux"), "options used alone");
            foreach (var name in ReconstructionFiles.Names)
                Assert.That(Path.Combine(output, name), Does.Exist);
            Assert.That(arrays["object"].ElementType, Is.EqualTo(ElementType.Complex64));
            Assert.That(ReconstructionMetrics.Nrmse(arrays["object"].ToComplexField(), Make.Truth), Is.LessThan(0.15));
            Assert.That(summary.RootElement.GetProperty("solver").GetString(), Is.EqualTo("ML"));
            Assert.That(summary.RootElement.GetProperty("reason").GetString(), Does.Contain("no prior"));
            Assert.That(Directory.GetFiles(output, "checkpoint*"), Is.Empty);
            Assert.That(await Run(command), Is.EqualTo(Guarded.Failure));
            Assert.That(await Run([.. command, "--force"]), Is.Zero);
        }
    }

    [Test]
    public async Task DataThatCannotBeRightAreRefusedBeforeASolverStarts()
    {
        using var folder = new TemporaryFolder();
        var good = Make.Measurement();
        // All frames but the first at one place, as where a stage stood still.
        var same = new ScanPattern(
            Enumerable.Range(0, good.Positions.Count).Select(k => new ScanPosition(k == 0 ? 0 : 16, 16))
        );
        var file = folder.File("stood-still.npz");
        MeasurementFile.Write(file, new Measurement(good.Data, same, good.Probe, Make.Side, Make.Side));
        var output = folder.File("out");
        Assert.That(await Run([file, "--out", output]), Is.EqualTo(Guarded.Failure));
        Assert.That(output, Does.Not.Exist);
    }

    [Test]
    public async Task DataWithoutAProbeNeedAWordAboutIt()
    {
        using var folder = new TemporaryFolder();
        var good = Make.Measurement();
        var file = folder.File("bare.npz");
        NpzFile.Write(
            file,
            new Dictionary<string, NumericArray>
            {
                ["data"] = NumericArray.Create<float>(
                    good.Data.Values,
                    good.Data.FrameCount,
                    good.Data.Height,
                    good.Data.Width
                ),
                ["scan"] = NumericArray.Create<double>(
                    [.. good.Positions.SelectMany(p => new[] { p.Row, p.Column })],
                    good.Positions.Count,
                    2
                ),
            }
        );
        string[] command = [file, "--out", folder.File("out"), "--iterations", "5"];
        Assert.That(await Run(command), Is.EqualTo(Guarded.Failure));
        Assert.That(await Run([.. command, "--check-only"]), Is.Zero, "a look needs none");
        Assert.That(await Run([.. command, "--estimate-probe"]), Is.Zero);
        var summary = File.ReadAllText(Path.Combine(folder.File("out"), ReconstructionFiles.Summary));
        Assert.That(summary, Does.Contain("\"RefineProbe\": \"yes\""));
    }

    /// <summary>The stage's axes are not the detector's: found, said in the report, and saved for other programs.</summary>
    [TestCase("result.ptyr")]
    [TestCase("result.h5")]
    [TestCase("result.cxi")]
    public async Task AnOrientationIsFoundAndTheResultSavedForOthers(string name)
    {
        if (!Hdf5File.IsAvailable)
            Assert.Ignore(Hdf5File.WhyUnavailable!);
        using var folder = new TemporaryFolder();
        var measured = Make.Measurement();
        var file = folder.File("scan.cxi");
        CxiFile.Write(file, measured, Geometry);
        var saved = folder.File(name);
        string[] command =
        [
            file,
            "--out",
            folder.File("out"),
            "--iterations",
            "20",
            "--swap-positions",
            "--flip-position-rows",
            "--find-orientation",
            "--save-as",
            saved,
        ];
        Assert.That(await Run(command), Is.Zero);
        var page = File.ReadAllText(Path.Combine(folder.File("out"), ReconstructionFiles.Page));
        Assert.That(page, Does.Contain("rows and columns exchanged, columns negated (no option of positions says so)"));
        var arrays = NpzFile.Read(Path.Combine(folder.File("out"), ReconstructionFiles.Arrays));
        using var written = Hdf5File.Open(saved);
        var place = name switch
        {
            "result.ptyr" => "content/obj/SscanG00/data",
            "result.h5" => "object",
            _ => "entry_1/image_1/data",
        };
        Assert.That(written.Read(place).ToInterleavedSingle(), Is.EqualTo(arrays["object"].ToInterleavedSingle()));
        if (name.EndsWith(".cxi", StringComparison.Ordinal))
            Assert.That(CxiFile.Read(saved).Measurement.Data.Values, Is.EqualTo(measured.Data.Values));
        Assert.That(await Run([.. command[..^1], folder.File("result.txt")]), Is.EqualTo(Guarded.Failure));
    }

    [TestCase("--solver", "Annealed")]
    [TestCase("--save-as", "result.ptyr")]
    [TestCase("--mask-nonzero-is-good")]
    [TestCase("--mask", "nowhere.npy")]
    [TestCase("--bin", "2")]
    [TestCase("--solver", "Awf", "--unknown-flux")]
    [TestCase("--modes", "2")]
    [TestCase("--energy-kev", "8")]
    [TestCase("--distance", "-1", "--energy-kev", "8", "--detector-pixel", "1e-5")]
    [TestCase("--positions", "nowhere.csv")]
    [TestCase("--probe", "nowhere.npy")]
    [TestCase("--probe", "nowhere.npy", "--estimate-probe")]
    [TestCase("--solver", "nonsense")]
    [TestCase("--prior", "nowhere.safetensors")]
    [TestCase("--swap-positions")]
    public async Task OptionsThatContradictAreRefused(params string[] options)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("phantom.npz");
        MeasurementFile.Write(file, Make.Measurement());
        Assert.That(await Run([file, "--out", folder.File("out"), .. options]), Is.EqualTo(Guarded.Failure));
    }

    [Test]
    public async Task ARunThatWasStoppedGoesOnAndRefusesOtherOptions()
    {
        using var folder = new TemporaryFolder();
        var (file, output) = (folder.File("phantom.npz"), folder.File("out"));
        var measurement = Make.Measurement();
        MeasurementFile.Write(file, measurement);
        Directory.CreateDirectory(output);
        var settings = new SolverSettings { Iterations = 12, RefineProbe = true };
        var checkpoint = Path.Combine(output, "checkpoint.safetensors");
        using var source = new CancellationTokenSource();
        var stopping = new Watch(value =>
        {
            if (value.Iteration == 7)
                source.Cancel();
        });
        var stopped = Assert.Throws<StoppedException>(() =>
            Resumable.Run(checkpoint, () => Solve(stopping, source.Token))
        )!;
        Assert.That(stopped.Message, Does.Contain(checkpoint).And.Contain("The same command"));

        string[] command = [file, "--out", output, "--refine-probe", "--iterations", "12"];
        Assert.That(await Run([.. command, "--modes", "2"]), Is.EqualTo(Guarded.Failure), "another probe");
        Assert.That(await Run(command), Is.Zero);
        var resumed = NpzFile.Read(Path.Combine(output, ReconstructionFiles.Arrays));
        var whole = Solve(new Watch(_ => { }), CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(resumed["object"].ToComplexField().Real, Is.EqualTo(whole.Object.Real));
            Assert.That(resumed["residuals"].ToDouble(), Is.EqualTo(whole.ResidualHistory).And.Length.EqualTo(12));
            Assert.That(checkpoint, Does.Not.Exist);
        }

        ReconstructionResult Solve(Watch watch, CancellationToken token)
        {
            var kept = watch == stopping ? checkpoint : null;
            var options = SolverSetup.Options(settings, seed: 0, prior: false, kept);
            return Ptychography.Choose(measurement, null, options).Solver.Solve(measurement, watch, token);
        }
    }

    [Test]
    public async Task TheHelpOfSimulateAsksForOneFile()
    {
        using var written = new StringWriter();
        var output = Console.Out;
        Console.SetOut(written);
        try
        {
            string[] args = ["simulate", "--help"];
            Assert.That(await SampleProgram.Run(CommandLines.For(args), args), Is.Zero);
        }
        finally
        {
            Console.SetOut(output);
        }

        Assert.That(written.ToString(), Does.Contain(" simulate <file> [options]"));
        Assert.That(written.ToString(), Does.Not.Contain("<file> simulate"));
        Assert.That(
            CommandLines.For(["scan.cxi"]).Subcommands.Select(command => command.Name),
            Does.Contain("simulate")
        );
    }

    private sealed class Watch(Action<ReconstructionProgress> action) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => action(value);
    }

    private static async Task<int> Run(string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        try
        {
            return await SampleProgram.Run(ReconstructCommand.Create(), args);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
