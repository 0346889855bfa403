using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.ProbeSearching;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.ProbeSearching;

public class ProbeSearchTests
{
    private const int Window = 32;

    /// <summary>An aperture's light out of focus, seen by its frames alone: the side of the focus and the width are found.</summary>
    /// <param name="curvature">The truth's.</param>
    /// <param name="lost">Whether a refinement that starts in focus ends elsewhere; on one side it happens to arrive.</param>
    [TestCase(220, false)]
    [TestCase(-220, true)]
    public void AProbeOutOfFocusIsFoundFromTheFrames(double curvature, bool lost)
    {
        var (measurement, truth) = Scene(curvature);
        var told = new List<ProbeTrial>();
        var found = ProbeSearch.Find(measurement, progress: new Told(told.Add));
        var refined = Refine(measurement.WithProbe(found.Probe));
        var unsought = Refine(measurement);
        var (error, blind) = (Error(refined.Probe, truth), Error(unsought.Probe, truth));
        TestContext.Out.WriteLine($"{found.Best}: probe {error:F3}, without a search {blind:F3}");
        Assert.Multiple(() =>
        {
            Assert.That(Math.Sign(found.Best.Curvature), Is.EqualTo(Math.Sign(curvature)));
            Assert.That(found.Best.Residual, Is.EqualTo(found.Trials.Min(trial => trial.Residual)));
            Assert.That(told, Is.EqualTo(found.Trials));
            Assert.That(error, Is.LessThan(0.05));
            Assert.That(blind, lost ? Is.GreaterThan(0.5) : Is.GreaterThan(error));
        });
    }

    [Test]
    public void TheSameSeedGivesTheSameProbeAndTheGivenOneDoesNotMatter()
    {
        var (measurement, truth) = Scene(220);
        var options = new ProbeSearchOptions
        {
            Frames = 16,
            Sweeps = 2,
            LargestDiameter = 0.4,
        };
        var first = ProbeSearch.Find(measurement, options);
        var second = ProbeSearch.Find(measurement.WithProbe(truth), options);
        Assert.That(second.Trials, Is.EqualTo(first.Trials));
        Assert.That(second.Probe.Modes[0].Real, Is.EqualTo(first.Probe.Modes[0].Real));
    }

    /// <summary>A shutter that was closed in the middle of the scan, and frames that the mask leaves out.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void FramesWithoutLightAreNotTried(bool dark)
    {
        var measurement = Scene(220).Measurement;
        var data = measurement.Data;
        var (values, weights) = ((float[])data.Values.Clone(), Enumerable.Repeat(1f, data.FrameCount).ToArray());
        var size = Window * Window;
        foreach (var frame in Nearest(measurement, 30))
        {
            weights[frame] = dark ? 1 : 0;
            Array.Fill(values, dark ? 0 : float.NaN, frame * size, size);
        }
        var mask = new DetectorMask([.. Enumerable.Repeat(1f, size)], weights);
        var shut = new Measurement(
            new DiffractionData(values, data.FrameCount, Window, Window, data.Unit, data.CountsPerUnit, mask),
            measurement.Positions,
            measurement.Probe,
            96,
            96
        );
        var found = ProbeSearch.Find(
            shut,
            new ProbeSearchOptions
            {
                Frames = 16,
                Sweeps = 2,
                LargestDiameter = 0.3,
            }
        );
        Assert.That(found.Trials.Select(trial => trial.Residual), Has.All.InRange(0, 1));
        Assert.That(found.Probe.Energy, Is.EqualTo(FarFieldProbe.Create(shut.Data).Energy).Within(1e-4).Percent);
    }

    [Test]
    public void OneFrameIsEnoughForAnAnswer()
    {
        var one = Scene(220).Measurement.Select([0]);
        var found = ProbeSearch.Find(one, new ProbeSearchOptions { Sweeps = 1, LargestDiameter = 0.2 });
        Assert.That(Array.TrueForAll(found.Probe.Modes[0].Real, float.IsFinite));
    }

    private static IEnumerable<int> Nearest(Measurement measurement, int count) =>
        Enumerable
            .Range(0, measurement.Positions.Count)
            .OrderBy(k => double.Hypot(measurement.Positions[k].Row - 32, measurement.Positions[k].Column - 32))
            .Take(count);

    [Test]
    public void ASearchCanBeStopped()
    {
        using var source = new CancellationTokenSource();
        var stop = new Told(_ => source.Cancel());
        Assert.That(
            () => ProbeSearch.Find(Scene(220).Measurement, progress: stop, cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private static (Measurement Measurement, Probe Truth) Scene(double curvature)
    {
        var disc = new float[Window * Window];
        for (var i = 0; i < disc.Length; i++)
            disc[i] = double.Hypot(Signed(i / Window), Signed(i % Window)) <= 0.13 ? 1 : 0;
        var frame = new DiffractionData(disc, 1, Window, Window, DiffractionUnit.Intensity);
        var truth = FarFieldProbe.Create(frame, curvature);
        var image = BloodSmearPhantom.Create(96, 96, seed: 2);
        var scan = RasterScan.Clamped(96, 96, Window, Window, 5);
        var measurement = DiffractionSimulator.Simulate(image, truth, scan, 1e5, seed: 1);
        return (measurement.WithProbe(FarFieldProbe.Create(measurement.Data)), truth);
    }

    private static double Signed(int index) => (double)(index < Window / 2 ? index : index - Window) / Window;

    private static ReconstructionResult Refine(Measurement measurement) =>
        new MaximumLikelihoodSolver(
            new MaximumLikelihoodOptions
            {
                Stop = new StopRules { Iterations = 100 },
                Refinement = new ProbeRefinement(),
            }
        ).Solve(measurement);

    private static double Error(Probe probe, Probe truth) =>
        ReconstructionMetrics.NrmseScaled(probe.Modes[0], truth.Modes[0]);

    private sealed class Told(Action<ProbeTrial> action) : IProgress<ProbeTrial>
    {
        public void Report(ProbeTrial value) => action(value);
    }
}
