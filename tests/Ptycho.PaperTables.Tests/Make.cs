using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Runs;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.PaperTables.Tests;

/// <summary>Values for tests.</summary>
internal static class Make
{
    public static Settings Settings(string folder) =>
        new()
        {
            Objects = folder,
            Prior = Path.Combine(folder, "prior.safetensors"),
            Output = folder,
            UNets = folder,
        };

    public static Scene Scene(int overlap = 20) => new(Probes.H, Scans.Raster, overlap, 1e5);

    public static CellResult Result(
        string method,
        int crop,
        double nrmse = 0.1,
        double ssim = 0.9,
        int overlap = 20,
        string fingerprint = "f"
    ) =>
        new(
            Probes.H,
            Scans.Raster,
            overlap,
            1e5,
            method,
            crop,
            nrmse,
            ssim,
            0.05,
            0.04,
            0.01,
            0.02,
            0.03,
            crop == 2,
            0.01,
            50,
            100,
            4000,
            crop,
            fingerprint
        );
}
