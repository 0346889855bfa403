using System.Globalization;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Shared.Results;
using Spectre.Console;

namespace Ptycho.Samples.FourierPtychography;

/// <summary>
/// Recovers one object after the other and writes it with its pupil and a picture. Each recovery has a checkpoint beside its
/// results until all are written, so a stopped run goes on from the sweep that it reached, to the same bits.
/// </summary>
internal sealed class RecoverObjects(DirectoryInfo data, DirectoryInfo output, bool knownPupil)
{
    private static readonly (string Object, string File)[] Measurements =
    [
        ("red", "bloodsmear_red.mat"),
        ("green", "bloodsmear_green.mat"),
        ("blue", "bloodsmear_blue.mat"),
        ("aberration", "blood_aberration.mat"),
    ];

    private const string Overview = "objects.png";

    /// <summary>Whether results that are there may be replaced; those of a stopped run are gone on with without it.</summary>
    public bool Force { get; init; }

    /// <summary>Reads a measurement.</summary>
    public Func<string, FourierPtychographyData> Read { get; init; } = path => FourierPtychographyMatFile.Read(path);

    /// <summary>Told after every sweep, beside the display.</summary>
    public Action<string, int> Swept { get; init; } = (_, _) => { };

    /// <exception cref="FileNotFoundException">A measurement is not there; which is named.</exception>
    /// <exception cref="IOException">There are results already; one is named.</exception>
    /// <exception cref="StoppedException">It was stopped; what is kept is named.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        if (!data.Exists)
            throw new DirectoryNotFoundException($"The folder '{data.FullName}' does not exist.");
        var missing = Measurements.Where(m => !File.Exists(Path.Combine(data.FullName, m.File))).ToArray();
        if (missing.Length > 0)
            throw new FileNotFoundException(
                $"'{data.FullName}' lacks {string.Join(", ", missing.Select(m => m.File))}; they are in the public repository "
                    + "SmartImagingLabUConn/Fourier-Ptychography."
            );
        OutputFolder.Prepare(output.FullName, [.. Foreign()], Force);
        var results = new List<(string Name, FourierPtychographyResult Result)>();
        var table = new Table().AddColumns("object", "amplitude error", "seconds");
        try
        {
            Recover(results, table, cancellationToken);
        }
        catch (OperationCanceledException) when (Measurements.Any(m => File.Exists(Checkpoint(m.Object))))
        {
            throw new StoppedException(
                $"Stopped; what was done is in {output.FullName}, *.checkpoint.safetensors. The same command goes on from there."
            );
        }
        Pictures.WriteOverview(Path.Combine(output.FullName, Overview), results);
        foreach (var (name, _) in results)
            File.Delete(Checkpoint(name));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Written to {output.FullName}");
    }

    // Results of an object whose checkpoint lies beside them are those of the run that goes on.
    private IEnumerable<string> Foreign()
    {
        var finished = Measurements.Where(m => !File.Exists(Checkpoint(m.Object))).ToArray();
        var names = finished.SelectMany(m => new[] { $"{m.Object}.npz", $"{m.Object}.png" });
        return finished.Length == Measurements.Length ? names.Append(Overview) : names;
    }

    private string Checkpoint(string name) => Path.Combine(output.FullName, $"{name}.checkpoint.safetensors");

    private void Recover(
        List<(string Name, FourierPtychographyResult Result)> results,
        Table table,
        CancellationToken cancellationToken
    ) =>
        AnsiConsole
            .Progress()
            .Start(context =>
            {
                foreach (var (name, file) in Measurements)
                {
                    var task = context.AddTask(name);
                    var solver = new FourierPtychographySolver(
                        new FourierPtychographyOptions { RecoverPupil = !knownPupil }
                    )
                    {
                        Checkpoint = Checkpoint(name),
                    };
                    var measurement = Read(Path.Combine(data.FullName, file));
                    var result = solver.Solve(
                        measurement,
                        new Steps(task, sweep => Swept(name, sweep)),
                        cancellationToken
                    );
                    task.Value = task.MaxValue;
                    Write(Path.Combine(output.FullName, name + ".npz"), result);
                    Pictures.Write(Path.Combine(output.FullName, name + ".png"), name, result);
                    results.Add((name, result));
                    table.AddRow(
                        name,
                        result.AmplitudeErrors[^1].ToString("0.0000", CultureInfo.InvariantCulture),
                        result.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)
                    );
                }
            });

    private static void Write(string path, FourierPtychographyResult result) =>
        NpzFile.Write(
            path,
            new Dictionary<string, NumericArray>
            {
                ["object"] = NumericArray.FromComplexField(result.Object),
                ["pupil"] = NumericArray.FromComplexField(result.Pupil),
                ["gains"] = NumericArray.Create<float>(result.Gains.ToArray(), result.Gains.Count),
                ["amplitude_errors"] = NumericArray.Create<double>(
                    result.AmplitudeErrors.ToArray(),
                    result.AmplitudeErrors.Count
                ),
            }
        );

    private sealed class Steps(ProgressTask task, Action<int> swept) : IProgress<FourierPtychographyProgress>
    {
        public void Report(FourierPtychographyProgress value)
        {
            task.MaxValue = value.SweepCount;
            task.Value = value.Sweep;
            swept(value.Sweep);
        }
    }
}
