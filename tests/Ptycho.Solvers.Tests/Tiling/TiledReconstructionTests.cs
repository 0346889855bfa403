using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tiling;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tests.Tiling;

public sealed class TiledReconstructionTests
{
    private const int Height = 128;
    private const int Width = 160;
    private static readonly ComplexField s_truth = BloodSmearPhantom.Create(Height, Width, 7);
    private static readonly Measurement s_measurement = DiffractionSimulator.Simulate(
        s_truth,
        SyntheticProbes.StandardH(),
        RasterScan.Clamped(Height, Width, 32, 32, 8),
        1e6,
        2
    );
    private static readonly TilingOptions s_tiles = new() { TileSize = 80, Overlap = 40 };

    [Test]
    public void ATiledFieldIsAsGoodAsAWholeOneAndHasNoSeam()
    {
        var solver = new AwfSolver();
        var whole = solver.Solve(s_measurement);
        var tiled = new TiledReconstruction(solver, s_tiles).Reconstruct(s_measurement);

        var error = ReconstructionMetrics.Nrmse(tiled.Result.Object, s_truth);
        Assert.That(error, Is.LessThan(1.3 * ReconstructionMetrics.Nrmse(whole.Object, s_truth)));
        Assert.That(error, Is.LessThan(0.05));
        var seams = SeamReport.Between(tiled.Result.Object, s_truth, tiled.Borders);
        Assert.That(seams.StepRatio, Is.LessThan(1.15), "below 1 where two tiles were averaged");
        Assert.That(tiled.Disagreement, Is.LessThan(0.1));
    }

    [Test]
    public void EachFrameIsInATileAndEachTileTellsWhatItIs()
    {
        var seen = new Recording();
        var tiled = new TiledReconstruction(seen, s_tiles).Reconstruct(s_measurement);
        Assert.That(tiled.Tiles.Select(t => (t.Row, t.Column)), Is.EqualTo(seen.Places(s_measurement, tiled)));
        Assert.That(tiled.Tiles, Has.Count.EqualTo(9), "3 by 3");
        Assert.That(
            tiled.Tiles.SelectMany(t => t.Frames).Distinct().Order(),
            Is.EqualTo(Enumerable.Range(0, s_measurement.Data.FrameCount))
        );
        Assert.That(seen.Measurements, Has.All.Property(nameof(Measurement.ObjectHeight)).EqualTo(80));
        Assert.That(tiled.Borders.Rows, Is.EqualTo(new[] { 24, 48, 80, 104 }));
        Assert.That(tiled.Borders.Columns, Is.EqualTo(new[] { 40, 80, 120 }));
        Assert.That(tiled.Result.Iterations, Is.EqualTo(9));
        Assert.That(tiled.Result.FrameMisfit, Has.Count.EqualTo(s_measurement.Data.FrameCount));
        Assert.That(tiled.Result.Solver, Is.EqualTo("Recording, tiled"));
    }

    [Test]
    public void OneTileIsTheSolversOwnResult()
    {
        var solver = new AwfSolver(new AwfOptions { Stop = new StopRules { Iterations = 5 } });
        var tiled = new TiledReconstruction(solver, new TilingOptions { TileSize = 200 }).Solve(s_measurement);
        var whole = solver.Solve(s_measurement);
        Assert.That(tiled.Object.Real, Is.EqualTo(whole.Object.Real).Within(1e-6));
        Assert.That(tiled.Residual, Is.EqualTo(whole.Residual).Within(1e-5));
    }

    [Test]
    public void ProgressRunsOverAllTilesAndCancellationStops()
    {
        using var source = new CancellationTokenSource();
        var seen = new List<ReconstructionProgress>();
        var progress = new Immediate(p =>
        {
            seen.Add(p);
            if (p.Iteration == 7)
                source.Cancel();
        });
        var solver = new AwfSolver(new AwfOptions { Stop = new StopRules { Iterations = 3 } });
        Assert.That(
            () => new TiledReconstruction(solver, s_tiles).Solve(s_measurement, progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(seen.Select(p => p.Iteration), Is.EqualTo(Enumerable.Range(1, 7)));
        Assert.That(seen, Has.All.Property(nameof(ReconstructionProgress.Total)).EqualTo(27));
    }

    [Test]
    public void TooLittleOverlapIsRefusedBeforeWorkStarts()
    {
        var seen = new Recording();
        Assert.That(
            () => new TiledReconstruction(seen, new TilingOptions { TileSize = 64, Overlap = 10 }).Solve(s_measurement),
            Throws.ArgumentException.With.Message.Contains("frame").And.Message.Contains("Overlap is 10")
        );
        Assert.That(seen.Measurements, Is.Empty);
        Assert.That(
            () => new TiledReconstruction(seen, s_tiles with { Overlap = 41 }),
            Throws.ArgumentException.With.Message.Contains("Overlap (41)")
        );
    }

    [Test]
    public void AWarningOfATileSaysWhereItsFramesAreCounted()
    {
        var solver = new Recording { Change = r => r with { Warnings = [s_warning] } };
        var tiled = new TiledReconstruction(solver, s_tiles).Solve(s_measurement);
        Assert.That(tiled.Warnings, Has.Count.EqualTo(9));
        Assert.That(
            tiled.Warnings[5].Message,
            Does.Contain("row 24, column 80").And.Contain("within it").And.EndsWith(s_warning.Message)
        );
    }

    [Test]
    public void ATileThatMovedItsPositionsIsRefusedAfterTheFirst()
    {
        var moved = new Recording { Change = r => r with { Positions = s_measurement.Positions } };
        var scaled = new Recording { Change = r => r with { DataScale = 2 } };
        Assert.That(
            () => new TiledReconstruction(moved, s_tiles).Solve(s_measurement),
            Throws.ArgumentException.With.Message.Contains("moved the positions")
        );
        Assert.That(
            () => new TiledReconstruction(scaled, s_tiles).Solve(s_measurement),
            Throws.ArgumentException.With.Message.Contains("scaled the data")
        );
        Assert.That(moved.Measurements, Has.Count.EqualTo(1));
    }

    private static readonly TrustWarning s_warning = new(TrustWarningKind.DataMisfit, "look at frame 3", 2, 1);

    private sealed class Immediate(Action<ReconstructionProgress> action) : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => action(value);
    }

    /// <summary>Notes the measurements and does one iteration of AWF.</summary>
    private sealed class Recording : IReconstructionSolver
    {
        public string Name => "Recording";

        public List<Measurement> Measurements { get; } = [];

        public Func<ReconstructionResult, ReconstructionResult> Change { get; init; } = result => result;

        public ReconstructionResult Solve(
            Measurement measurement,
            IProgress<ReconstructionProgress>? progress = null,
            CancellationToken cancellationToken = default
        )
        {
            Measurements.Add(measurement);
            return Change(new AwfSolver(new AwfOptions { Stop = new StopRules { Iterations = 1 } }).Solve(measurement));
        }

        /// <summary>Where each tile must lie for its positions to be the field's.</summary>
        public IEnumerable<(int, int)> Places(Measurement field, TiledResult tiled) =>
            tiled.Tiles.Select(
                (tile, i) =>
                    (
                        (int)(field.Positions[tile.Frames[0]].Row - Measurements[i].Positions[0].Row),
                        (int)(field.Positions[tile.Frames[0]].Column - Measurements[i].Positions[0].Column)
                    )
            );
    }
}
