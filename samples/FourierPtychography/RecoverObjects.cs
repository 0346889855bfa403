using System.Globalization;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Samples.Shared.Commands;
using Spectre.Console;

namespace Ptycho.Samples.FourierPtychography;

/// <summary>Recovers one object after the other and writes it with its pupil and a picture.</summary>
internal static class RecoverObjects
{
    private static readonly (string Object, string File)[] Measurements =
    [
        ("red", "bloodsmear_red.mat"),
        ("green", "bloodsmear_green.mat"),
        ("blue", "bloodsmear_blue.mat"),
        ("aberration", "blood_aberration.mat"),
    ];

    /// <exception cref="FileNotFoundException">A measurement is not there; which is named.</exception>
    /// <exception cref="StoppedException">It was stopped; what is kept is named.</exception>
    public static void Run(
        DirectoryInfo data,
        DirectoryInfo output,
        bool knownPupil,
        CancellationToken cancellationToken
    )
    {
        if (!data.Exists)
            throw new DirectoryNotFoundException($"The folder '{data.FullName}' does not exist.");
        var missing = Measurements.Where(m => !File.Exists(Path.Combine(data.FullName, m.File))).ToArray();
        if (missing.Length > 0)
            throw new FileNotFoundException(
                $"'{data.FullName}' lacks {string.Join(", ", missing.Select(m => m.File))}; they are in the public repository "
                    + "SmartImagingLabUConn/Fourier-Ptychography."
            );
        if (File.Exists(output.FullName))
            throw new IOException($"'{output.FullName}' is a file; --out must name a folder.");
        output.Create();
        var solver = new FourierPtychographySolver(new FourierPtychographyOptions { RecoverPupil = !knownPupil });
        var results = new List<(string Name, FourierPtychographyResult Result)>();
        var table = new Table().AddColumns("object", "amplitude error", "seconds");
        try
        {
            Recover(data, output, solver, results, table, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(
                results.Count == 0
                    ? "Stopped; nothing was written."
                    : $"Stopped; finished, and kept in {output.FullName}: {string.Join(", ", results.Select(r => r.Name))}. "
                        + "The same command begins anew."
            );
        }
        Pictures.WriteOverview(Path.Combine(output.FullName, "objects.png"), results);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Written to {output.FullName}");
    }

    private static void Recover(
        DirectoryInfo data,
        DirectoryInfo output,
        FourierPtychographySolver solver,
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
                    var measurement = FourierPtychographyMatFile.Read(Path.Combine(data.FullName, file));
                    var result = solver.Solve(measurement, new Steps(task), cancellationToken);
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

    private sealed class Steps(ProgressTask task) : IProgress<FourierPtychographyProgress>
    {
        public void Report(FourierPtychographyProgress value)
        {
            task.MaxValue = value.SweepCount;
            task.Value = value.Sweep;
        }
    }
}
