using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;

namespace Ptycho.Samples.PaperTables.Experiments;

/// <summary>Which rows each experiment has.</summary>
internal sealed class Plan(Settings settings)
{
    /// <summary>The overlaps of the paper's Table I, percent.</summary>
    public static readonly int[] PaperOverlaps = [20, 38, 44, 50, 62, 66, 74];

    /// <summary>The overlaps of the paper's Table II, percent.</summary>
    public static readonly int[] TableTwoOverlaps = [20, 38, 44, 50];

    /// <summary>The paper's overlaps, and beyond them 0 and 10 %.</summary>
    public static readonly int[] AllOverlaps = [0, 10, .. PaperOverlaps];

    private const int LowOverlap = 20;
    private const int HalfOverlap = 50;
    private static readonly double[] Doses = [1e3, 1e4, 1e5, 1e6];

    // DPS and Best cost hundreds of network evaluations a crop, and each can be asked for on more.
    private static readonly MethodChoice[] MainMethods =
    [
        .. MethodNames.All.Select(m => new MethodChoice(m, m is MethodNames.Dps or MethodNames.Best ? 4 : null)),
    ];

    private static readonly MethodChoice[] SideMethods =
    [
        .. new[]
        {
            MethodNames.Rpie,
            MethodNames.Awf,
            MethodNames.AwfBest,
            MethodNames.AwfSmooth,
            MethodNames.Default,
        }.Select(m => new MethodChoice(m)),
    ];

    private int SideCrops => Math.Min(settings.Crops, settings.SideCrops ?? settings.Crops);

    /// <summary>Every row of every experiment.</summary>
    public IReadOnlyList<PlannedRow> All => [.. TableOne(), .. TableTwo(), .. ScanTest(), .. DoseTest()];

    /// <summary>Table I: probe H, and the zone plate's with the methods that need no training for a probe.</summary>
    public IEnumerable<PlannedRow> TableOne() =>
        from probe in settings.Probes.Count > 0 ? settings.Probes : [Probes.H, Probes.ZonePlate]
        from overlap in settings.Overlaps.Count > 0 ? settings.Overlaps : AllOverlaps
        let scene = new Scene(probe, Scans.Raster, overlap, StandardSimulation.PeakCounts)
        from row in probe == Probes.H ? Main(Tables.One, scene) : Side(Tables.One, scene)
        select row;

    /// <summary>Table II: each U-Net at each overlap, beside the solver whose prior is not retrained.</summary>
    public IEnumerable<PlannedRow> TableTwo()
    {
        var overlaps = settings.Overlaps.Count > 0 ? [.. settings.Overlaps] : TableTwoOverlaps;
        foreach (var tested in overlaps)
        {
            var scene = new Scene(Probes.H, Scans.Raster, tested, StandardSimulation.PeakCounts);
            foreach (var trained in overlaps)
                yield return new PlannedRow(Tables.Two, scene, MethodNames.UNetTrainedAt(trained), settings.Crops);
            yield return new PlannedRow(Tables.Two, scene, MethodNames.Default, settings.Crops);
        }
    }

    /// <summary>Other positions at 20 %, with the U-Net of the raster, and probe P1 with overhanging windows.</summary>
    public IEnumerable<PlannedRow> ScanTest()
    {
        Scene Of(string probe, string scan, int overlap) => new(probe, scan, overlap, StandardSimulation.PeakCounts);
        Scene[] moved =
        [
            Of(Probes.H, Scans.Raster, LowOverlap),
            Of(Probes.H, Scans.Jittered, LowOverlap),
            Of(Probes.H, Scans.Spiral, LowOverlap),
        ];
        var network = MethodNames.UNetTrainedAt(LowOverlap);
        foreach (var scene in moved)
        foreach (var row in Side(Tables.Scans, scene, network))
            yield return row;
        foreach (var overlap in (int[])[LowOverlap, HalfOverlap])
        foreach (var row in Side(Tables.Scans, Of(Probes.P1, Scans.Overhanging, overlap)))
            yield return row;
    }

    /// <summary>Peak counts 1e3…1e6, at 20 % where no overlap is asked for.</summary>
    public IEnumerable<PlannedRow> DoseTest() =>
        from overlap in settings.Overlaps.Count > 0 ? settings.Overlaps : [LowOverlap]
        from counts in Doses
        from row in Side(Tables.Dose, new Scene(Probes.H, Scans.Raster, overlap, counts), MethodNames.UNet)
        select row;

    private IEnumerable<PlannedRow> Main(string table, Scene scene) =>
        (settings.Methods.Count > 0 ? settings.Methods : MainMethods).Select(choice => new PlannedRow(
            table,
            scene,
            choice.Name,
            choice.Crops(settings.Crops)
        ));

    private IEnumerable<PlannedRow> Side(string table, Scene scene, string? network = null)
    {
        var chosen = settings.Methods.Count > 0 ? settings.Methods : SideMethods;
        foreach (var choice in chosen.Where(choice => choice.Name != MethodNames.UNet))
            yield return new PlannedRow(table, scene, choice.Name, choice.Crops(SideCrops));
        if (network is not null && (settings.Methods.Count == 0 || chosen.Any(c => c.Name == MethodNames.UNet)))
            yield return new PlannedRow(table, scene, network, SideCrops);
    }
}
