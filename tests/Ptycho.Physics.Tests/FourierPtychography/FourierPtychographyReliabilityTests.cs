using Ptycho.Physics.FourierPtychography;
using Ptycho.Tests.Shared;

namespace Ptycho.Physics.Tests.FourierPtychography;

/// <summary>Same data, same bits, also from two threads at once; and memory that stays flat.</summary>
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
