using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical;

namespace Ptycho.Solvers.Tests.Classical;

/// <summary>A real far-field X-ray measurement, where the machine has it.</summary>
public class SiemensStarTests
{
    private const string File = "siemens_star.npz";

    [Test]
    public void RpieWithProbeRefinementExplainsTheMeasurement()
    {
        var options = new RpieOptions
        {
            Stop = new() { Iterations = 8 },
            Alpha = 0.5,
            Gamma = 0.3,
            Refinement = new() { Gamma = 0.1 },
        };
        var result = new RpieSolver(options).Solve(Load());
        TestContext.Out.WriteLine($"residuals: {string.Join(", ", result.ResidualHistory.Select(r => $"{r:F4}"))}");
        Assert.That(result.ResidualHistory[^1], Is.LessThan(0.125));
    }

    private static Measurement Load()
    {
        var arrays = NpzFile.Read(FindFile());
        var frames = arrays["data"];
        var scan = arrays["scan"].ToDouble();
        var (positions, height, width) = new ScanPattern(
            Enumerable.Range(0, frames.Shape[0]).Select(k => new ScanPosition(scan[2 * k], scan[2 * k + 1]))
        ).FitObject(128, 128, 2);
        var data = new DiffractionData(frames.ToSingle(), positions.Count, 128, 128, DiffractionUnit.Counts);
        return new Measurement(data, positions, Probe.FromField(arrays["probe"].ToComplexField()), height, width);
    }

    private static string FindFile()
    {
        if (Environment.GetEnvironmentVariable("PTYCHO_SHARED") is { Length: > 0 } folder)
            return Path.Combine(folder, "data", File);
        for (var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "data", File);
            if (System.IO.File.Exists(path))
                return path;
        }

        Assert.Ignore($"{File} is not on this machine: set PTYCHO_SHARED to the folder that holds data/{File}.");
        return "";
    }
}
