using Ptycho.Physics.FourierPtychography;
using Ptycho.Tests.Shared;

namespace Ptycho.Physics.Tests.FourierPtychography;

/// <summary>Same data, same bits, also from two threads at once and beside collections; and memory that stays flat.</summary>
public class FourierPtychographyReliabilityTests
{
    private const int Images = 9;
    private static readonly FourierPtychographyOptions Short = new() { ObjectSweeps = 1, JointSweeps = 3 };

    [Test]
    public void OneInstanceServesTwoThreadsWithTheBitsOfEachAlone()
    {
        var solver = new FourierPtychographySolver(Short);
        var (first, second) = (Simulate(5), Simulate(6));
        var (expected, otherwise) = (solver.Solve(first), solver.Solve(second));
        var tasks = new[] { first, second }.Select(data => Task.Run(() => solver.Solve(data))).ToArray();
        AssertSame(tasks[0].GetAwaiter().GetResult(), expected);
        AssertSame(tasks[1].GetAwaiter().GetResult(), otherwise);
    }

    [Test]
    public void TheCollectorAtWorkChangesNothing()
    {
        var (solver, data) = (new FourierPtychographySolver(Short), Simulate(5));
        var expected = solver.Solve(data);
        using var collector = new BusyCollector();
        collector.Beside(() => AssertSame(solver.Solve(data), expected));
    }

    [TestCase(30)]
    [TestCase(10_000, Category = "Long")]
    public void MemoryStaysFlat(int sweeps)
    {
        var data = Simulate(5);
        new FourierPtychographySolver(Short with { JointSweeps = sweeps / 5 }).Solve(data);
        var before = MemoryUse.Now();
        new FourierPtychographySolver(Short with { JointSweeps = sweeps }).Solve(data);
        MemoryUse.Now().AssertFlatSince(before, steady: sweeps >= 10_000);
    }

    [Test]
    public void WhatIsNotFiniteIsFoundInItsSweepAndTheSweepBeforeIsKept()
    {
        var clean = Simulate(5);
        var amplitudes = clean.Amplitudes.ToArray();
        var data = new FourierPtychographyData(
            amplitudes,
            clean.Height,
            clean.Width,
            clean.Directions,
            clean.Optics,
            clean.Pupil
        );
        var failure = Assert.Throws<FourierPtychographyDivergedException>(() =>
            new FourierPtychographySolver(Short).Solve(data, new After(2, () => amplitudes[^7] = float.NaN))
        )!;
        var two = new FourierPtychographySolver(Short with { JointSweeps = 1 }).Solve(clean);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Sweep, Is.EqualTo(3));
            Assert.That(failure.Message, Does.Contain("sweep 3 of 4").And.Contain("sweep 2"));
            Assert.That(failure.LastGood!.AmplitudeErrors, Is.EqualTo(two.AmplitudeErrors));
            AssertSame(failure.LastGood, two);
        }
    }

    [Test]
    public void AFailureInTheFirstSweepSaysThatNothingIsKept()
    {
        var clean = Simulate(5);
        var amplitudes = clean.Amplitudes.ToArray();
        var data = new FourierPtychographyData(amplitudes, clean.Height, clean.Width, clean.Directions, clean.Optics);
        amplitudes[40] = float.NaN;
        var failure = Assert.Throws<FourierPtychographyDivergedException>(() =>
            new FourierPtychographySolver(Short).Solve(data)
        )!;
        Assert.That(failure.Sweep, Is.EqualTo(1));
        Assert.That(failure.LastGood, Is.Null);
    }

    private sealed class After(int sweep, Action action) : IProgress<FourierPtychographyProgress>
    {
        public void Report(FourierPtychographyProgress value)
        {
            if (value.Sweep == sweep)
                action();
        }
    }

    private static FourierPtychographyData Simulate(ulong seed) =>
        FourierPtychographySimulator.Simulate(
            SyntheticSmear.Truth(seed),
            SyntheticSmear.Optics,
            [.. SyntheticSmear.Leds.Take(Images)],
            SyntheticSmear.ImageSize,
            SyntheticSmear.ImageSize
        );

    private static void AssertSame(FourierPtychographyResult found, FourierPtychographyResult expected)
    {
        Assert.That(found.Object.Real, Is.EqualTo(expected.Object.Real));
        Assert.That(found.Object.Imaginary, Is.EqualTo(expected.Object.Imaginary));
        Assert.That(found.Pupil.Real, Is.EqualTo(expected.Pupil.Real));
    }
}
