using Ptycho.Physics.Files;
using Ptycho.Physics.Files.Products;
using Ptycho.Physics.Measurements;
using Ptycho.Samples.Shared.Results;
using Ptycho.Solvers.Reports;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>--save-as: the result as a file of another program.</summary>
internal static class ResultExport
{
    private static readonly string[] Endings = [".ptyr", ".h5", ".cxi"];

    /// <summary>Refuses before any work what could not be written after it.</summary>
    /// <exception cref="ArgumentException">The ending is not known, or the geometry that all these files need.</exception>
    /// <exception cref="IOException">Something is in the way.</exception>
    public static void Check(Settings settings, ImportedMeasurement imported)
    {
        if (settings.SaveAs is not { } path)
            return;
        if (!Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException($"--save-as '{path}' must end in {string.Join(", ", Endings)}.");
        if (imported.Geometry is null)
            throw new ArgumentException("--save-as writes metres: give --energy-kev, --distance and --detector-pixel.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist.");
        if (!settings.CheckOnly)
            OutputFolder.Check(
                folder,
                [Path.GetFileName(path)],
                settings.Run.Force,
                [settings.File, .. settings.Input.Files]
            );
    }

    /// <summary>Writes it, whole or not at all, if it was asked for.</summary>
    public static void Write(Settings settings, ImportedMeasurement imported, ReconstructionReport report)
    {
        if (settings.SaveAs is not { } path)
            return;
        var result = report.Result;
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ptyr":
                PtyrFile.Write(path, Product());
                break;
            case ".h5":
                PtychodusProductFile.Write(path, Product());
                break;
            default:
                var measured = imported.Measurement;
                var found = new Measurement(
                    measured.Data,
                    result.Positions ?? measured.Positions,
                    result.Probe,
                    measured.ObjectHeight,
                    measured.ObjectWidth
                )
                {
                    Dropped = measured.Dropped,
                };
                CxiFile.WriteResult(path, found, imported.Geometry!, result.Object);
                break;
        }

        ReconstructionProduct Product() =>
            ReconstructionProduct.Create(imported, result.Object, result.Probe, result.Positions) with
            {
                Name = report.Title,
                Comments = result.Solver,
                Losses = [.. result.ResidualHistory.Select((residual, i) => ((long)i, residual))],
            };
    }
}
