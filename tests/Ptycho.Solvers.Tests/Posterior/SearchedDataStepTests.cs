using System.Numerics;
using MathNet.Numerics.Optimization;
using MathNet.Numerics.Optimization.ObjectiveFunctions;
using Ptycho.IO;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;
using Numbers = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace Ptycho.Solvers.Tests.Posterior;

public class SearchedDataStepTests
{
    private const double Lambda = 0.02;

    [TestCase(1e5, 0)]
    [TestCase(300, 0)]
    [TestCase(300, 0.05)]
    public void EveryStepLowersThePoissonObjective(double peakCounts, double roughness)
    {
        using var small = new Small(peakCounts: peakCounts);
        using var likelihood = new PoissonLikelihood(small.Measurement.Data);
        var problem = new PosteriorProblem(small.Operator, likelihood, small.Problem.AmplitudeNoise);
        using var step = new SearchedDataStep(problem);
        using var scope = NewDisposeScope();
        var prior = Start(4);
        var first = Objective(problem, prior, prior, roughness);
        var last = first;
        for (var i = 1; i <= 12; i++)
        {
            var f = step.Solve(prior, new PriorPull(Lambda, roughness), i, momentum: false);
            var now = Objective(problem, f, prior, roughness);
            Assert.That(now, Is.LessThanOrEqualTo(last * (1 + 3e-6)), $"step {i}");
            last = now;
        }
        Assert.That(last, Is.LessThan(0.8 * first));
    }

    [Test]
    public void WhereTheObjectIsMuchTooDarkTheCurvatureGrowsUntilTheEnergyFalls()
    {
        using var small = new Small(peakCounts: 300);
        using var likelihood = new PoissonLikelihood(small.Measurement.Data);
        var problem = new PosteriorProblem(small.Operator, likelihood, small.Problem.AmplitudeNoise);
        using var step = new SearchedDataStep(problem);
        using var scope = NewDisposeScope();
        var prior = Start(4) * 0.03;
        var last = Objective(problem, prior, prior, 0);
        var steps = 0;
        for (var i = 1; i <= 5; i++)
        {
            steps += i;
            var f = step.Solve(prior, new PriorPull(Lambda), i, momentum: false);
            var now = Objective(problem, f, prior, 0);
            Assert.That(now, Is.LessThan(last), $"step {i}");
            last = now;
        }
        Assert.That(step.Evaluations, Is.GreaterThan(steps), "it tried again");
    }

    [Test]
    public void AFlatStartHasTheScaleOfTheData()
    {
        using var small = new Small();
        var data = small.Measurement.Data;
        var bright = new DiffractionData(
            [.. data.Values.Select(v => 9 * v)],
            data.FrameCount,
            data.Height,
            data.Width,
            DiffractionUnit.Intensity,
            1e4
        );
        using var likelihood = new PoissonLikelihood(bright);
        using var step = new SearchedDataStep(new PosteriorProblem(small.Operator, likelihood, 0.1));
        using var scope = NewDisposeScope();
        var light = small.Operator.Forward(step.WarmStart(0, 1e-3, default)).abs().square().sum().ToDouble();
        Assert.That(light, Is.EqualTo(bright.Values.Sum(v => (double)v)).Within(2).Percent);
    }

    [Test]
    public void ItTakesTheStepsOfTheMajorisedOneWhereACurvatureOfOneBounds()
    {
        using var small = new Small();
        using var searched = new SearchedDataStep(small.Problem);
        using var known = new ProximalDataStep(small.Problem);
        using var scope = NewDisposeScope();
        var prior = Start(5);
        var pull = new PriorPull(Lambda, 0.03);
        var difference = searched.Solve(prior, pull, 15, true) - known.Solve(prior, pull, 15, true);
        Assert.That(difference.abs().max().ToDouble(), Is.LessThan(2e-4));
    }

    [Test]
    public void AWarmStartExplainsTheFrames()
    {
        using var small = new Small(step: 8);
        using var likelihood = new PoissonLikelihood(small.Measurement.Data);
        var problem = new PosteriorProblem(small.Operator, likelihood, small.Problem.AmplitudeNoise);
        using var step = new SearchedDataStep(problem);
        using var scope = NewDisposeScope();
        var found = new ManagedResidual(small.Measurement).Residual(step.WarmStart(60, 1e-3, default));
        Assert.That(found, Is.LessThan(0.05));
    }

    [Test]
    public void TheMinimumIsThatOfAnotherMinimiser()
    {
        var random = new Random(3);
        var truth = Random(random, 6, 1);
        var probe = Probe.FromField(Random(random, 4, 0.5));
        var scan = new ScanPattern(
            from row in new[] { 0, 1, 2 }
            from column in new[] { 0, 2 }
            select new ScanPosition(row, column)
        );
        var measurement = DiffractionSimulator.Simulate(truth, probe, scan, 40, 1);
        using var forward = new PtychographyOperator(measurement);
        using var likelihood = new PoissonLikelihood(measurement.Data);
        var problem = new PosteriorProblem(forward, likelihood, measurement.Data.AmplitudeNoise!.Value);
        using var step = new SearchedDataStep(problem);
        using var scope = NewDisposeScope();
        var prior = ComplexField.Constant(6, 6, 1);
        var found = step.Solve(prior.ToTensor().unsqueeze(0), new PriorPull(Lambda), 600, true).ToField();

        var background = 0.5 / measurement.Data.CountsPerUnit!.Value;
        double Energy(Numbers v) => PoissonEnergy(v, probe, scan, measurement.Data.Values, background);
        var start = Numbers.Build.Dense([.. prior.Real.Concat(prior.Imaginary).Select(x => (double)x)]);
        var oracle = new BfgsMinimizer(1e-7, 1e-9, 1e-12, 2000).FindMinimum(
            new ForwardDifferenceGradientObjectiveFunction(
                ObjectiveFunction.Value(Energy),
                Numbers.Build.Dense(72, -10),
                Numbers.Build.Dense(72, 10)
            ),
            start
        );
        var mine = Numbers.Build.Dense([.. found.Real.Concat(found.Imaginary).Select(x => (double)x)]);
        var best = oracle.FunctionInfoAtMinimum.Value;
        Assert.That(Energy(mine), Is.EqualTo(best).Within(1e-3 * best));
        Assert.That((mine - oracle.MinimizingPoint).L2Norm(), Is.LessThan(0.03 * mine.L2Norm()));
        Assert.That(best, Is.LessThan(0.5 * Energy(start)));
    }

    /// <summary>¼ Σ (m − n − n ln(m/n)) + ½λ‖f − 1‖² by a plain Fourier sum in double precision.</summary>
    private static double PoissonEnergy(
        Numbers v,
        Probe probe,
        ScanPattern scan,
        float[] intensities,
        double background
    )
    {
        var energy = 0.0;
        for (var i = 0; i < 36; i++)
            energy += 0.5 * Lambda * (Math.Pow(v[i] - 1, 2) + v[36 + i] * v[36 + i]);
        for (var k = 0; k < scan.Count; k++)
        for (var q = 0; q < 16; q++)
        {
            var sum = Complex.Zero;
            for (var y = 0; y < 4; y++)
            for (var x = 0; x < 4; x++)
            {
                var at = ((int)scan[k].Row + y) * 6 + (int)scan[k].Column + x;
                var turn = -2 * Math.PI * (q / 4 * y + q % 4 * x) / 4;
                sum += probe.Modes[0][y, x] * new Complex(v[at], v[36 + at]) * Complex.FromPolarCoordinates(0.25, turn);
            }
            var m = sum.Real * sum.Real + sum.Imaginary * sum.Imaginary + background;
            var n = intensities[k * 16 + q] + background;
            energy += 0.25 * (m - n - n * Math.Log(m / n));
        }
        return energy;
    }

    private static ComplexField Random(Random random, int size, double mean)
    {
        var field = new ComplexField(size, size);
        for (var y = 0; y < size; y++)
        for (var x = 0; x < size; x++)
            field[y, x] = new Complex(mean + 0.4 * random.NextDouble(), 0.6 * (random.NextDouble() - 0.5));
        return field;
    }

    private static Tensor Start(ulong seed)
    {
        using var generator = new Generator(seed, CPU);
        return randn([1, 64, 64], complex64, generator: generator) * 0.2 + 1;
    }

    private static double Objective(PosteriorProblem problem, Tensor f, Tensor prior, double roughness)
    {
        using var scope = NewDisposeScope();
        var error = f - prior;
        return problem.Likelihood.Energy(problem.Operator.Forward(f)).ToDouble()
            + 0.5 * Lambda * error.abs().square().sum().ToDouble()
            + 0.5 * roughness * (error.conj_physical() * GridLaplacian.Roughness(error)).real.sum().ToDouble();
    }
}
