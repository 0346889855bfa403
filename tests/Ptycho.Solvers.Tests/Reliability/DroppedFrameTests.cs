using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Tiling;

namespace Ptycho.Solvers.Tests.Reliability;

/// <summary>A run goes on without its bad frames, and its result says which they were.</summary>
public class DroppedFrameTests
{
    private static readonly IReconstructionSolver[] Solvers =
    [
        new RpieSolver(new RpieOptions { Stop = new StopRules { Iterations = 10 } }),
        new AwfSolver(new AwfOptions { Stop = new StopRules { Iterations = 10 } }),
        new TensorAwfSolver(new AwfOptions { Stop = new StopRules { Iterations = 10 } }),
        new TiledReconstruction(
            new AwfSolver(new AwfOptions { Stop = new StopRules { Iterations = 10 } }),
            new TilingOptions { TileSize = 64, Overlap = 16 }
        ),
        new AnnealedSolver(new FlatPrior(0.5), new AnnealedOptions { Levels = 4, WarmStartIterations = 10 }),
        new AnnealedSolver(
            new FlatPrior(0.5),
            new AnnealedOptions
            {
                Levels = 4,
                WarmStartIterations = 10,
                Refinement = JointRefinement.UnknownFlux,
            }
        ),
        new DpsSolver(new FlatPrior(0.5), new DpsOptions { Steps = 5, TravelLength = 0 }),
    ];

    [TestCaseSource(nameof(Solvers))]
    public void TheResultNamesTheFramesThatWereLeftOut(IReconstructionSolver solver)
    {
        using var small = new Small();
        var good = small.Measurement;
        var values = (float[])good.Data.Values.Clone();
        values[3 * 1024 + 70] = float.NaN;
        var raw = new RawMeasurement
        {
            Values = values,
            FrameCount = good.Data.FrameCount,
            Height = 32,
            Width = 32,
            Unit = good.Data.Unit,
            CountsPerUnit = good.Data.CountsPerUnit,
            Positions = good.Positions,
            Probe = good.Probe,
            ObjectShape = (64, 64),
        };
        var result = solver.Solve(raw.Clean(new CleaningOptions { LargestDroppedShare = 0.2, MaskedPixelShare = 0.5 }));
        Assert.That(result.DroppedFrames.Select(d => d.Frame), Is.EqualTo(new[] { 3 }));
        Assert.That(result.FrameMisfit, Has.Count.EqualTo(good.Data.FrameCount - 1));
        Assert.That(Array.TrueForAll(result.Object.Real, float.IsFinite));
    }

    [TestCaseSource(nameof(Solvers))]
    public void FramesOfWeightZeroMayHoldAnything(IReconstructionSolver solver)
    {
        using var small = new Small();
        var good = small.Measurement;
        var values = (float[])good.Data.Values.Clone();
        values.AsSpan(3 * 1024, 1024).Fill(float.NaN);
        float[] weights = [.. Enumerable.Range(0, good.Data.FrameCount).Select(k => k == 3 ? 0f : 1f)];
        var mask = new DetectorMask([.. Enumerable.Repeat(1f, 1024)], weights);
        var (count, gain) = (good.Data.FrameCount, good.Data.CountsPerUnit);
        var data = new DiffractionData(values, count, 32, 32, good.Data.Unit, gain, mask);
        var result = solver.Solve(new Measurement(data, good.Positions, good.Probe, 64, 64));
        Assert.That(Array.TrueForAll(result.Object.Real, float.IsFinite));
        Assert.That(result.FrameChiSquare![3], Is.NaN);
    }
}
