using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Solvers.Tests.Refinement;

/// <summary>One frame is believed to lie elsewhere, and the object has gone there with it.</summary>
public class PositionTrialsTests
{
    private const int Size = 72;
    private const int Moved = 4;
    private static readonly PriorPull Pull = new(1e-4, 1e-4);
    private static readonly ScanPattern Scan = RasterScan.Clamped(Size, Size, 32, 32, 20);
    private static readonly ComplexField Truth = BloodSmearPhantom.Create(Size, Size, 2);
    private static readonly Measurement Exact = DiffractionSimulator.Simulate(
        Truth,
        SyntheticProbes.StandardH(),
        Scan,
        1e6,
        3
    );

    [TestCase(1, 0)]
    [TestCase(-1, 1)]
    [TestCase(0, -2)]
    public void AFrameFindsItsPlaceAmongItsNeighbours(int rows, int columns)
    {
        var trials = Run(rows, columns, sweeps: 2);
        Assert.That(trials.Positions, Is.EqualTo(Scan));
        Assert.That(trials.HasMoved);
        var inner = Difference(trials.Move(Estimate(rows, columns)));
        Assert.That(inner, Is.LessThan(0.3 * Difference(Estimate(rows, columns))), "the object goes back with it");
    }

    [Test]
    public void FramesInTheirPlacesStay()
    {
        var trials = Run(0, 0, sweeps: 1);
        Assert.That(trials.Positions, Is.EqualTo(Scan));
        Assert.That(trials.HasMoved, Is.False);
    }

    [Test]
    public void NoFrameGoesFurtherThanAllowed()
    {
        // Measured a pixel from where it was taken, with half a pixel allowed.
        var trials = Run(1, 0, sweeps: 1, largestShift: 0.5);
        Assert.That(trials.HasMoved, Is.False);
    }

    [Test]
    public void TheBitsDoNotDependOnTheThreads()
    {
        Assert.That(Run(1, 1, 1, threads: 3).Positions, Is.EqualTo(Run(1, 1, 1, threads: 1).Positions));
        Assert.That(Run(1, 1, 1, threads: 3).Evaluations, Is.EqualTo(Run(1, 1, 1, threads: 1).Evaluations));
    }

    [TestCase(26, true)]
    [TestCase(16, true)]
    [TestCase(10, false)]
    public void TrialsAreLeftOutWhereManyFramesOverlap(int step, bool expected)
    {
        var scan = RasterScan.Clamped(128, 128, 32, 32, step);
        Assert.That(PositionTrials.AreWorthwhile(UniformFrames.At(scan, 32, 128)), Is.EqualTo(expected));
    }

    private static PositionTrials Run(int rows, int columns, int sweeps, double largestShift = 4, int threads = 1)
    {
        var believed = Believed(rows, columns);
        var measurement = new Measurement(Exact.Data, believed, Exact.Probe, Size, Size);
        var trials = new PositionTrials(
            measurement,
            Estimate(rows, columns),
            believed,
            largestShift,
            FrameGroups.Of(measurement),
            Pull
        );
        using var team = new WorkerTeam(threads);
        for (var sweep = 0; sweep < sweeps; sweep++)
            trials.Sweep(team);
        return trials;
    }

    private static ScanPattern Believed(int rows, int columns) =>
        new(Scan.Select((p, k) => k == Moved ? new ScanPosition(p.Row + rows, p.Column + columns) : p));

    private static ComplexField Estimate(int rows, int columns)
    {
        var shifts = new (double Row, double Column)[Scan.Count];
        shifts[Moved] = (rows, columns);
        return new PatchWarp(Exact).Apply(Truth, shifts);
    }

    private static double Difference(ComplexField field)
    {
        var sum = 0.0;
        for (var i = 0; i < field.Length; i++)
            sum += Math.Abs(field.Real[i] - Truth.Real[i]) + Math.Abs(field.Imaginary[i] - Truth.Imaginary[i]);
        return sum;
    }
}
