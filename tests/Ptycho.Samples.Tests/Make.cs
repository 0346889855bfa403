using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reports;
using Ptycho.Solvers.Trust;

namespace Ptycho.Samples.Tests;

/// <summary>Small measurements and reports.</summary>
internal static class Make
{
    public const int Side = 64;

    public static ComplexField Truth { get; } = BloodSmearPhantom.Create(Side, Side, seed: 3);

    public static Measurement Measurement(int step = 8)
    {
        var probe = SyntheticProbes.StandardH();
        var scan = RasterScan.Clamped(Side, Side, probe.Height, probe.Width, step);
        return DiffractionSimulator.Simulate(Truth, probe, scan, 1e5, seed: 1);
    }

    /// <summary>A report with everything that a report can have.</summary>
    public static ReconstructionReport Report(string title)
    {
        var measurement = Measurement();
        var options = new AwfOptions { Stop = new() { Iterations = 40 } };
        var result = new AwfSolver(options).Solve(measurement);
        var before = new AwfSolver(options with { Stop = new() { Iterations = 3 } }).Solve(measurement);
        return new ReconstructionReport(
            measurement,
            result with
            {
                DataShare = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side / (float)Side)],
                Warnings =
                [
                    new TrustWarning(TrustWarningKind.DataMisfit, "the object does not explain " + title, 2, 1),
                ],
            }
        )
        {
            Title = title,
            Before = before.Object,
            BeforeName = "AWF, 3 iterations of " + title,
            RingCorrelation = FourierRingCorrelation.Compute(result.Object, Truth),
            ObjectPixel = (2e-8, 2e-8),
            Warnings = [title],
            Notes = [title],
            Options = [KeyValuePair.Create(title, title), .. OptionList.Of(options)],
            Versions = [KeyValuePair.Create(title, title)],
            Timings = [KeyValuePair.Create(title, TimeSpan.FromSeconds(1))],
            Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        };
    }
}
