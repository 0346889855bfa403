using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical;

public class SmoothnessTests
{
    [Test]
    public void TheDirectionIsTheDescentOfThePenalty()
    {
        const float lambda = 0.3f;
        var plan = new ScanPlan(Reference.Small.Noisy("pad"));
        var random = new Random(3);
        var field = new ComplexField(128, 128);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle(), random.NextSingle());
        var buffer = new AlignedBuffer(2 * plan.PlaneLength);
        plan.Load(field, Planes.Of(buffer, plan.PlaneLength));
        var smoothing = new Smoothing(plan);
        smoothing.Compute(Planes.Of(buffer, plan.PlaneLength), lambda, 0, 128);
        var direction = plan.ToField(smoothing.Direction);

        // The penalty is quadratic, so the central difference is exact up to rounding.
        foreach (var (row, column) in ((int, int)[])[(0, 0), (0, 64), (127, 127), (64, 64), (31, 127), (32, 5)])
        {
            var plus = field.Clone();
            var minus = field.Clone();
            plus[row, column] += 0.5;
            minus[row, column] -= 0.5;
            var slope = Penalty(plus, lambda) - Penalty(minus, lambda);
            Assert.That(direction[row, column].Real, Is.EqualTo(-slope).Within(1e-4));
        }
    }

    [TestCase(26, 0.70)]
    [TestCase(20, 0.65)]
    [TestCase(16, 0.55)]
    public void LowOverlapProfits(int step, double ratio)
    {
        var truth = Reference.Small.Field("object");
        var scan = RasterScan.Clamped(128, 128, 32, 32, step);
        var measurement = DiffractionSimulator.Simulate(truth, SyntheticProbes.StandardH(), scan, 1e5, 1);
        var plain = new AwfSolver().Solve(measurement);
        var smooth = new AwfSolver(new AwfOptions { Smoothness = 0.001 }).Solve(measurement);
        var before = ReconstructionMetrics.Nrmse(plain.Object, truth);
        var after = ReconstructionMetrics.Nrmse(smooth.Object, truth);
        TestContext.Out.WriteLine($"step {step}: NRMSE {before:F4} -> {after:F4}");
        Assert.That(after, Is.LessThan(ratio * before));
    }

    [Test]
    public void BitsDoNotDependOnThreads()
    {
        var measurement = Reference.Small.Noisy("pad");
        var options = new AwfOptions
        {
            Smoothness = 0.01,
            Stop = new() { Iterations = 10 },
            Threads = 1,
        };
        var one = new AwfSolver(options).Solve(measurement).Object;
        var four = new AwfSolver(options with { Threads = 4 }).Solve(measurement).Object;
        Assert.That(four.Real, Is.EqualTo(one.Real));
    }

    [Test]
    public void NegativeStrengthIsRefused() =>
        Assert.That(
            () => new AwfOptions { Smoothness = -1 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Smoothness")
        );

    private static double Penalty(ComplexField field, double lambda)
    {
        var sum = 0.0;
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            if (row > 0)
                sum += Math.Pow((field[row, column] - field[row - 1, column]).Magnitude, 2);
            if (column > 0)
                sum += Math.Pow((field[row, column] - field[row, column - 1]).Magnitude, 2);
        }

        return 0.5 * lambda * sum;
    }
}
