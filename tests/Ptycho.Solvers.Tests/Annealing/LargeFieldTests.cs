using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Tests.Trust;
using Ptycho.Solvers.Tiling;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Annealing;

public sealed class LargeFieldTests
{
    private static readonly AnnealedOptions s_quick = new()
    {
        Levels = 6,
        Chains = 2,
        DataIterations = 10,
        WarmStartIterations = 20,
        Seed = 5,
    };

    [Test]
    public void ASolverOverWindowsFindsWhatOneOverTheWholeFieldFindsIfThePriorWorksPixelByPixel()
    {
        var measurement = Measure(BloodSmearPhantom.Create(70, 100, 3));
        var inner = new Counting();
        var windows = new WindowedPriorOptions
        {
            WindowSize = 32,
            Overlap = 8,
            Batch = 3,
            FixGauge = false,
        };
        var windowed = new AnnealedSolver(new WindowedPrior(inner, windows), s_quick).Solve(measurement);
        var whole = new AnnealedSolver(new FlatPrior(0.5), s_quick).Solve(measurement);
        Assert.That(ReconstructionMetrics.Nrmse(windowed.Object, whole.Object), Is.LessThan(1e-3));
        Assert.That(inner.LargestBatch, Is.EqualTo(3), "two chains of many windows, three at once");
        Assert.That(inner.Sizes, Is.EquivalentTo(new[] { (32L, 32L) }));
    }

    [Test]
    [Category("Long")]
    public void ThePriorOfCropsReconstructsALargeFieldWithoutASeam()
    {
        var truth = BloodSmearPhantom.Create(160, 224, 11);
        var measurement = Measure(truth, 0.2);
        using var prior = BloodSmear.Prior();
        var windows = new WindowedPrior(prior);
        var result = new AnnealedSolver(windows, AnnealedOptions.Fast).Solve(measurement);
        var plain = new AwfSolver().Solve(measurement);
        Assert.That(
            ReconstructionMetrics.Nrmse(result.Object, truth),
            Is.LessThan(0.5 * ReconstructionMetrics.Nrmse(plain.Object, truth))
        );
        var (rows, columns) = windows.Borders(160, 224, 5);
        var seams = SeamReport.Between(result.Object, truth, new SeamLines(rows, columns));
        Assert.That(seams.StepRatio, Is.EqualTo(1).Within(Math.Max(0.1, 3 * seams.StepRatioSpread)));
        Assert.That(seams.ErrorRatio, Is.EqualTo(1).Within(Math.Max(0.1, 3 * seams.ErrorRatioSpread)));
    }

    private static Measurement Measure(IO.ComplexField truth, double overlap = 0.5) =>
        DiffractionSimulator.Simulate(
            truth,
            SyntheticProbes.StandardH(),
            RasterScan.Clamped(truth.Height, truth.Width, 32, 32, RasterScan.StepFromOverlap(overlap, 32)),
            1e5,
            4
        );

    /// <summary>A flat prior that notes how it is asked.</summary>
    private sealed class Counting : IPrior
    {
        private readonly FlatPrior _inner = new(0.5);

        public long LargestBatch { get; private set; }

        public HashSet<(long Height, long Width)> Sizes { get; } = [];

        public NoiseSchedule Schedule => _inner.Schedule;

        public IDataTransform Transform => _inner.Transform;

        public Tensor Denoise(Tensor x, int level)
        {
            LargestBatch = Math.Max(LargestBatch, x.shape[0]);
            Sizes.Add((x.shape[2], x.shape[3]));
            return _inner.Denoise(x, level);
        }
    }
}
