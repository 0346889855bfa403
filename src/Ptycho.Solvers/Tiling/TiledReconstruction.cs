using System.Diagnostics;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tiling;

/// <summary>
/// Reconstructs a large field in overlapping tiles, each by itself and with any solver, and stitches them: each tile is
/// turned by the phase (and the ramp, if asked for) that makes all tiles agree where they overlap, and they fade into each
/// other. A frame counts in every tile that holds its whole window.
/// </summary>
/// <remarks>
/// One tile is in work at a time: beside the frames and the tiles' objects, the memory is that of the solver on a field of
/// <see cref="TilingOptions.TileSize"/>. Where the solver has a prior, a <see cref="Diffusion.Priors.WindowedPrior"/> on the
/// whole field is the better way, since its data step sees all frames at once; docs/method.md compares them.
/// A solver that refines the probe finds one for each tile, in <see cref="TiledResult.Tiles"/>. The whole field has none of its
/// own: its result names the measurement's probe, and its residual, misfits and χ² are the stitched object's under that
/// one, so that they come out larger than the tiles' own.
/// </remarks>
public sealed class TiledReconstruction : IReconstructionSolver
{
    private readonly IReconstructionSolver _solver;

    /// <summary>Tiles around a solver.</summary>
    /// <param name="solver">The solver of each tile; stays the caller's. It must leave positions and scale as they are.</param>
    /// <param name="options">The tiles; defaults if not given.</param>
    /// <exception cref="ArgumentException">The overlap is more than half of a tile.</exception>
    public TiledReconstruction(IReconstructionSolver solver, TilingOptions? options = null)
    {
        _solver = solver ?? throw new ArgumentNullException(nameof(solver));
        Options = options ?? new TilingOptions();
        Options.RequireOverlapBelowTile(nameof(options));
    }

    /// <summary>The tiles.</summary>
    public TilingOptions Options { get; }

    /// <inheritdoc/>
    public string Name => _solver.Name + ", tiled";

    /// <summary>As <see cref="Reconstruct"/>, without what is known of the tiles.</summary>
    /// <inheritdoc/>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => Reconstruct(measurement, progress, cancellationToken).Result;

    /// <summary>Reconstructs.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="progress">
    /// Told after each iteration of each tile, on the calling thread: iterations over all tiles, the tile's residual.
    /// </param>
    /// <param name="cancellationToken">Given to the solver, and checked between tiles.</param>
    /// <exception cref="ArgumentException">
    /// A frame's window fits into no tile (the frame is named), or the solver moved positions or scaled the data.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite in a tile.</exception>
    public TiledResult Reconstruct(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var plans = TileGrid.Of(measurement, Options);
        var results = new ReconstructionResult[plans.Count];
        var tiles = new FieldTile[plans.Count];
        for (var i = 0; i < plans.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = TileGrid.Cut(measurement, plans[i]);
            results[i] = _solver.Solve(
                part,
                progress is null ? null : new Relay(progress, i, plans.Count),
                cancellationToken
            );
            RequireOwnGrid(results[i]);
            tiles[i] = new FieldTile(plans[i].Row, plans[i].Column, results[i].Object)
            {
                Confidence = StartObjects.Illumination(part),
            };
        }
        var watch = Stopwatch.StartNew();
        var (height, width) = (measurement.ObjectHeight, measurement.ObjectWidth);
        var stitched = TileStitcher.Stitch(tiles, height, width, Options.AlignRamps);
        var result = Whole(measurement, stitched, plans, results);
        result = result with { ComputeTime = result.ComputeTime + watch.Elapsed };
        return new TiledResult(
            result,
            [
                .. plans.Select(
                    (plan, i) => new TileResult(plan.Row, plan.Column, plan.Frames, results[i], stitched.Phases[i])
                ),
            ],
            stitched.Disagreement
        );
    }

    private ReconstructionResult Whole(
        Measurement measurement,
        StitchedField stitched,
        IReadOnlyList<TilePlan> plans,
        IReadOnlyList<ReconstructionResult> tiles
    )
    {
        var frames = FrameStatistics.Of(measurement, stitched.Object, measurement.Probe, measurement.Positions);
        var residual = frames.Residual([.. Enumerable.Range(0, measurement.Data.FrameCount)]);
        return new ReconstructionResult
        {
            Object = stitched.Object,
            Solver = Name,
            Probe = measurement.Probe,
            StopReason = tiles[^1].StopReason,
            ResidualHistory = [residual],
            Residual = residual,
            FrameMisfit = frames.Misfits,
            FrameChiSquare = frames.ChiSquares,
            DroppedFrames = measurement.Dropped,
            PriorMismatch = tiles.Max(tile => tile.PriorMismatch),
            Warnings = [.. tiles.SelectMany((tile, i) => tile.Warnings.Select(warning => Placed(warning, plans[i])))],
            Iterations = tiles.Sum(tile => tile.Iterations),
            NetworkEvaluations = tiles.Sum(tile => tile.NetworkEvaluations),
            OperatorEvaluations = tiles.Sum(tile => tile.OperatorEvaluations),
            ComputeTime = tiles.Aggregate(TimeSpan.Zero, (sum, tile) => sum + tile.ComputeTime),
        };
    }

    /// <summary>Tiles that moved or scaled apart do not fit together.</summary>
    private static void RequireOwnGrid(ReconstructionResult tile)
    {
        if (tile.Positions is not null || tile.DataScale != 1)
            throw new ArgumentException(
                $"{tile.Solver} {(tile.Positions is null ? "scaled the data" : "moved the positions")} of a tile, each tile by "
                    + "itself; correct the measurement first, and reconstruct its tiles with what was found.",
                nameof(tile)
            );
    }

    // A tile's frames are counted within it.
    private static TrustWarning Placed(TrustWarning warning, TilePlan tile) =>
        warning with
        {
            Message =
                $"in the tile at row {tile.Row}, column {tile.Column} (frames counted within it): {warning.Message}",
        };

    private sealed class Relay(IProgress<ReconstructionProgress> target, int tile, int tiles)
        : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) =>
            target.Report(
                value with
                {
                    Iteration = tile * value.Total + value.Iteration,
                    Total = tiles * value.Total,
                    Preview = null,
                }
            );
    }
}
