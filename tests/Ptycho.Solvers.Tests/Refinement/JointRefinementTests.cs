using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Trust;

namespace Ptycho.Solvers.Tests.Refinement;

/// <summary>Flux, probe and positions that are found with the object, under the blood-smear prior.</summary>
public class JointRefinementTests : SmearPriorTests
{
    [Test]
    public void AnUnknownFluxIsFoundAndAKnownProbeStaysItself()
    {
        var plain = BloodSmear.Measure(Truth, 50);
        var unknown = With(plain, Array.ConvertAll(plain.Data.Values, v => 3.7f * v), gain: 3.7);
        var known = Solve(plain, null);
        var blind = Solve(unknown, null);
        var found = Solve(unknown, JointRefinement.UnknownFlux);
        Assert.Multiple(() =>
        {
            Assert.That(found.DataScale * found.DataScale * 3.7, Is.EqualTo(1).Within(0.2));
            Assert.That(Error(found), Is.LessThan(1.15 * Error(known)).And.LessThan(0.8 * Error(blind)));
            Assert.That(found.Probe, Is.SameAs(unknown.Probe));
            Assert.That(found.Positions, Is.Null);
            Assert.That(found.Residual, Is.LessThan(0.02), "in the solver's unit");
            Assert.That(found.FrameChiSquare!.Average(), Is.InRange(0.2, 1.2));
            Assert.That(known.DataScale, Is.EqualTo(1));
            Assert.That(known.Probe, Is.SameAs(plain.Probe));
        });
    }

    [Test]
    public void ARoughProbeIsPutRight()
    {
        var plain = BloodSmear.Measure(Truth, 50);
        var rough = plain.WithProbe(Perturbed(plain.Probe));
        var blind = Solve(rough, null);
        var awf = new AwfSolver(new AwfOptions { Refinement = new ProbeRefinement() }).Solve(rough);
        var found = Solve(rough, new JointRefinement { Probe = true });
        var (before, after) = (ProbeError(rough.Probe, plain.Probe), ProbeError(found.Probe, plain.Probe));
        TestContext.Out.WriteLine(
            $"object: without {Error(blind):F4}, AWF {Error(awf):F4}, joint {Error(found):F4}; probe {before:F3} -> {after:F3}"
        );
        Assert.Multiple(() =>
        {
            Assert.That(after, Is.LessThan(0.65 * before));
            Assert.That(Error(found), Is.LessThan(0.5 * Error(blind)).And.LessThan(0.7 * Error(awf)));
            Assert.That(found.Probe.Energy, Is.EqualTo(rough.Probe.Energy).Within(1e-4 * rough.Probe.Energy));
            Assert.That(found.DataScale, Is.EqualTo(1));
        });
    }

    [Test]
    public void RoughPositionsAreCorrected()
    {
        var scan = RasterScan.Clamped(64, 64, 32, 32, 8);
        var places = scan.Jittered(2, 8).Clamped(64, 64, 32, 32);
        var exact = DiffractionSimulator.Simulate(Truth, SyntheticProbes.StandardP1(), places, 1e5, 21);
        var rough = new Measurement(exact.Data, scan, exact.Probe, 64, 64);
        var blind = Solve(rough, null);
        var found = Solve(rough, JointRefinement.RoughPositions);
        var (before, after) = (Spread(scan, places), Spread(found.Positions!, places));
        TestContext.Out.WriteLine(
            $"object: without {Error(blind):F4}, joint {Error(found):F4}; positions {before:F2} -> {after:F2} px"
        );
        Assert.Multiple(() =>
        {
            Assert.That(after, Is.LessThan(0.5 * before));
            Assert.That(Error(found), Is.LessThan(0.6 * Error(blind)));
            Assert.That(found.Probe, Is.SameAs(rough.Probe));
            Assert.That(found.Positions!.Zip(scan, (a, b) => a.Row - b.Row), Has.All.InRange(-4, 4));
            Assert.That(found.Positions!.Average(p => p.Row), Is.EqualTo(scan.Average(p => p.Row)).Within(0.05));
        });
    }

    [Test]
    public void WhereFramesOverlapLittleTheObjectMovesWithThem()
    {
        const int size = 80;
        var truth = BloodSmearPhantom.Create(size, size, 2);
        var scan = RasterScan.Clamped(size, size, 32, 32, 24);
        var places = scan.Jittered(2, 8).Clamped(size, size, 32, 32);
        var exact = DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), places, 1e5, 21);
        var rough = new Measurement(exact.Data, scan, exact.Probe, size, size);
        var options = JointRefinement.RoughPositions;
        var still = Solve(rough, options with { TrialSweeps = 0, Passes = 1 });
        var found = Solve(rough, options);
        var (before, after) = (Spread(scan, places), Spread(found.Positions!, places));
        var (without, with) = (ScaledError(still.Object, truth), ScaledError(found.Object, truth));
        TestContext.Out.WriteLine($"object {without:F4} -> {with:F4}; positions {before:F2} -> {after:F2} px");
        Assert.Multiple(() =>
        {
            Assert.That(after, Is.LessThan(0.8 * before));
            Assert.That(with, Is.LessThan(without));
            Assert.That(found.NetworkEvaluations, Is.GreaterThan(still.NetworkEvaluations).And.LessThan(3 * 14 + 1));
            Assert.That(found.Positions!.Zip(scan, (a, b) => a.Column - b.Column), Has.All.InRange(-4, 4));
        });
    }

    [Test]
    public void HeldOutFramesKeepTheirPlaces()
    {
        var plain = BloodSmear.Measure(Truth, 70);
        var options = Quick with { Levels = 6, HeldOutFrames = 0.2, Refinement = JointRefinement.Everything };
        var result = Solve(plain, options);
        Assert.That(result.HeldOut!.Frames, Is.Not.Empty);
        foreach (var frame in result.HeldOut.Frames)
            Assert.That(result.Positions![frame], Is.EqualTo(plain.Positions[frame]));
        Assert.That(result.Positions!.Zip(plain.Positions, (a, b) => a == b), Has.Some.False);
    }

    [Test]
    public void BadOptionsAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new JointRefinement { LargestShift = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("LargestShift")
            );
            Assert.That(
                () => new JointRefinement { ProbeSteps = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ProbeSteps")
            );
            Assert.That(
                () => new JointRefinement { TrialSweeps = -1 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("TrialSweeps")
            );
            Assert.That(
                () => new JointRefinement { Passes = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Passes")
            );
        });

    private ReconstructionResult Solve(Measurement measurement, JointRefinement? refinement) =>
        Solve(measurement, Quick with { Refinement = refinement });

    /// <summary>The error without what the data leave free: a ramp, a shift and a scale.</summary>
    private static double Error(ReconstructionResult result) => ScaledError(result.Object, Truth);

    private static double ProbeError(Probe found, Probe truth) => ScaledError(found.Modes[0], truth.Modes[0]);

    private static double ScaledError(ComplexField found, ComplexField truth)
    {
        var turned = PhaseRamp.Between(found, truth).ApplyTo(found);
        var moved = FieldRegistration.Between(turned, truth).ApplyTo(turned);
        return ReconstructionMetrics.NrmseScaled(moved, truth);
    }

    private static double Spread(ScanPattern found, ScanPattern truth)
    {
        var rows = found.Zip(truth, (a, b) => a.Row - b.Row).ToArray();
        var columns = found.Zip(truth, (a, b) => a.Column - b.Column).ToArray();
        var (r, c) = (rows.Average(), columns.Average());
        return Math.Sqrt(rows.Average(x => (x - r) * (x - r)) + columns.Average(x => (x - c) * (x - c)));
    }

    /// <summary>Less curvature, and a tenth of noise.</summary>
    private static Probe Perturbed(Probe probe)
    {
        var field = probe.Modes[0].Clone();
        var random = new Random(5);
        var noise = 0.1 * Math.Sqrt(probe.Energy / field.Length);
        for (var row = 0; row < 32; row++)
        for (var column = 0; column < 32; column++)
        {
            var square = Math.Pow(row - 15.5, 2) + Math.Pow(column - 15.5, 2);
            var extra = Complex.FromPolarCoordinates(noise, 2 * Math.PI * random.NextDouble());
            field[row, column] = field[row, column] * Complex.FromPolarCoordinates(1, -0.004 * square) + extra;
        }
        return Probe.FromField(field);
    }
}
