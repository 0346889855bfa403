using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>mPIE over tensors gives the numbers of the managed one: its steps come between two frames, wherever groups end.</summary>
public class TensorMomentumTests
{
    [Test]
    public void ManyGiveWhatEachGives([Values("whole", "fractions", "all")] string variant, [Values(1, 5)] int period)
    {
        var options = RpieOptions.Mpie with
        {
            Stop = new() { Iterations = 4 },
            Momentum = new PieMomentum { Period = period },
        };
        var measurements = Enumerable.Range(0, 2).Select(i => Simulated.Measure(i, variant, i)).ToArray();
        var found = new TensorRpieSolver(options).SolveMany(measurements);
        for (var i = 0; i < 2; i++)
        {
            var expected = new RpieSolver(options).Solve(measurements[i]);
            Assert.That(found[i].Result!.Solver, Is.EqualTo("mPIE"));
            Assert.That(found[i].Result!.ResidualHistory, Is.EqualTo(expected.ResidualHistory).Within(1e-5));
            Assert.That(found[i].Result!.Object.Real, Is.EqualTo(expected.Object.Real).Within(2e-5));
            Assert.That(found[i].Result!.Object.Imaginary, Is.EqualTo(expected.Object.Imaginary).Within(2e-5));
        }
    }

    [Test]
    public void AStepMayFallWithinAGroupOfFrames()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var options = RpieOptions.Mpie with
        {
            Stop = new() { Iterations = 1 },
            Order = FrameOrder.Sequential,
            Momentum = new PieMomentum { Period = 3 },
        };
        var order = Enumerable.Range(0, measurement.Data.FrameCount).ToArray();
        var groups = new DisjointFrames([measurement.Positions], 32, 32, rearrange: true).Split(order, out var sorted);
        Assert.That(groups.Select(g => g.Count % 3), Has.Some.Not.Zero);
        var result = new TensorRpieSolver(options, new TensorOptions { GroupFrames = true }).Solve(measurement);
        var expected = new RpieSolver(options).Solve(measurement.Select(sorted));
        Assert.That(result.Object.Real, Is.EqualTo(expected.Object.Real).Within(2e-5));
        Assert.That(result.Object.Imaginary, Is.EqualTo(expected.Object.Imaginary).Within(2e-5));
    }
}
