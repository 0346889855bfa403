using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Uncertainty;

public class PosteriorSamplerTests
{
    private const double Tau = 0.7;
    private const double Noise = 0.1;
    private const int Size = 32;
    private static readonly double[] s_weights = [0, 0.1, 0.4, 1.5];

    private static readonly PosteriorOptions Cold = new()
    {
        Chains = 24,
        LargestBatch = 24,
        Levels = 40,
        LangevinSteps = 25,
        PriorDeviation = Tau,
        WarmStartIterations = 0,
        Seed = 4,
    };

    /// <summary>Prior N(m, c²τ²) of Re and Im each, data y = w f + noise: the posterior's mean and variance are known.</summary>
    [Test]
    public void ALinearGaussianPosteriorHasItsMeanAndVariance()
    {
        using var scope = NewDisposeScope();
        var transform = new RealImaginaryTransform();
        var (scale, centre) = (transform.Options.Scale, transform.Options.RealMean);
        var weights = tensor(s_weights.Select(w => (float)w).ToArray())
            .repeat_interleave(Size / 4)
            .unsqueeze(0)
            .expand(Size, Size)
            .contiguous();
        var truth = complex(full([Size, Size], 0.6f), full([Size, Size], -0.3f));
        var gaussian = new LinearGaussian(weights, truth * weights);
        var problem = new PosteriorProblem(gaussian, gaussian, Noise);
        var samples = new PosteriorSampler(new FlatPrior(Tau, transform), Cold).Draw(
            problem,
            null,
            null,
            null,
            default
        );
        for (var group = 0; group < 4; group++)
        {
            var w = s_weights[group];
            var priorPrecision = 1 / Math.Pow(scale * Tau, 2);
            var precision = w * w / (Noise * Noise) + priorPrecision;
            var part = samples.narrow(2, group * Size / 4, Size / 4);
            Check(part.real, (w * w / (Noise * Noise) * 0.6 + priorPrecision * centre) / precision, 1 / precision);
            Check(part.imag, w * w / (Noise * Noise) * -0.3 / precision, 1 / precision);
        }
    }

    /// <summary>
    /// Data that mix pairs of pixels: the samples' covariance within a pair is that of the closed form, within Monte-Carlo
    /// error and the step's bias (below h/2), and pixels of different pairs are not correlated.
    /// </summary>
    [Test]
    public void ACorrelatedPosteriorHasItsCovariance()
    {
        const double mixing = 0.3;
        using var scope = NewDisposeScope();
        var transform = new RealImaginaryTransform();
        var gaussian = new MixedGaussian(Size, mixing, ones([Size, Size], complex64));
        var problem = new PosteriorProblem(gaussian, gaussian, Noise);
        var options = Cold with { Chains = 16, LargestBatch = 16, Levels = 20, LangevinSteps = 120, StepTime = 0.1 };
        var samples = new PosteriorSampler(new FlatPrior(Tau, transform), options).Draw(
            problem,
            null,
            null,
            null,
            default
        );
        var prior = 1 / Math.Pow(transform.Options.Scale * Tau, 2);
        // Sum and difference of a pair are the operator's own directions.
        var sum = 1 / (Math.Pow((1 + mixing) / Noise, 2) + prior);
        var difference = 1 / (Math.Pow((1 - mixing) / Noise, 2) + prior);
        var pairs = samples.imag.reshape(options.Chains, Size, Size / 2, 2);
        var (left, right) = (pairs.select(3, 0), pairs.select(3, 1));
        var tolerance = 4 / Math.Sqrt(left.numel()) + options.StepTime / 2;
        var (variance, covariance) = ((sum + difference) / 2, (sum - difference) / 2);
        Assert.That(Covariance(left, left), Is.EqualTo(variance).Within(tolerance * variance));
        Assert.That(Covariance(right, right), Is.EqualTo(variance).Within(tolerance * variance));
        Assert.That(covariance, Is.LessThan(-0.4 * variance), "the case is a strong one");
        Assert.That(Covariance(left, right), Is.EqualTo(covariance).Within(tolerance * variance));
        Assert.That(Covariance(left, right.roll(1, 1)), Is.Zero.Within(tolerance * variance));
        Assert.That(
            Covariance(left, samples.real.reshape(pairs.shape).select(3, 0)),
            Is.Zero.Within(tolerance * variance)
        );
    }

    private static double Covariance(Tensor a, Tensor b) => ((a - a.mean()) * (b - b.mean())).mean().ToDouble();

    [Test]
    public void LangevinStepsKeepTheLawThatTheyDrawFrom()
    {
        using var scope = NewDisposeScope();
        var weights = full([Size, Size], 0.8f);
        var data = complex(full([Size, Size], 0.5f), zeros([Size, Size]));
        var gaussian = new LinearGaussian(weights, data);
        var problem = new PosteriorProblem(gaussian, gaussian, Noise);
        using var noise = new NoiseSource(3, 16, problem);
        using var step = new LangevinDataStep(problem, noise, 0.5, 0);
        var found = step.Solve(zeros([16, Size, Size], complex64), new PriorPull(0.2), 40, momentum: true);
        Check(found.real, 0.8 * 0.5 / (0.64 + 0.2), Noise * Noise / (0.64 + 0.2));
        Check(found.imag, 0, Noise * Noise / (0.64 + 0.2));
        Assert.That(step.Evaluations, Is.EqualTo(40 * 16));
    }

    [Test]
    public void SamplesDoNotDependOnTheChunks()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var options = Quick with { Chains = 5 };
        var whole = new PosteriorSampler(new FlatPrior(0.5), options with { LargestBatch = 8 }).Run(small.Problem);
        var parts = new PosteriorSampler(new FlatPrior(0.5), options with { LargestBatch = 2 }).Run(small.Problem);
        Assert.That((whole - parts).abs().max().ToDouble(), Is.LessThan(1e-3));
        Assert.That((whole[0] - whole[1]).abs().max().ToDouble(), Is.GreaterThan(1e-2));
    }

    [Test]
    public void TheGlobalPhaseOfTheStartIsForgotten()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var start = Ptycho.Physics.Operators.FieldTensors.ToTensor(small.Truth).unsqueeze(0);
        var turned = start * polar(ones(1), full(1, 2.5f, float32));
        var sampler = new PosteriorSampler(new FlatPrior(0.5), Quick);
        Assert.That(
            (sampler.Run(small.Problem, start) - sampler.Run(small.Problem, turned)).abs().max().ToDouble(),
            Is.LessThan(1e-3)
        );
    }

    [TestCase(300, LikelihoodKind.Poisson)]
    [TestCase(1e6, LikelihoodKind.Amplitude)]
    public void SamplesOfFewCountsAreThoseOfPoissonsLikelihood(double peakCounts, LikelihoodKind expected)
    {
        using var small = new Small(peakCounts: peakCounts);
        var (automatic, poisson) = (Mean(LikelihoodChoice.Automatic), Mean(LikelihoodChoice.Poisson));
        var amplitude = Mean(LikelihoodChoice.Amplitude);
        Assert.That(poisson, Is.Not.EqualTo(amplitude));
        Assert.That(automatic, Is.EqualTo(expected == LikelihoodKind.Poisson ? poisson : amplitude));

        float[] Mean(LikelihoodChoice choice) =>
            new PosteriorSampler(new FlatPrior(0.5), SmallOptions.Posterior with { Likelihood = choice })
                .Run(small.Measurement)
                .Mean.Real;
    }

    [Test]
    public void SamplesAreAlignedAndLeaveNoTensorBehind()
    {
        using var small = new Small();
        var sampler = new PosteriorSampler(new FlatPrior(0.5), Quick);
        sampler.Run(small.Problem).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var samples = sampler.Run(small.Problem))
        {
            using var scope = NewDisposeScope();
            var inner = (samples[0].conj_physical() * samples).sum(1, 2).angle().abs().max().ToDouble();
            Assert.That(inner, Is.LessThan(1e-4));
        }
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void CancellationStopsBetweenLevels()
    {
        using var small = new Small();
        using var source = new CancellationTokenSource();
        var seen = 0;
        var progress = new Immediate(p =>
        {
            seen++;
            if (p.Step == 2)
                source.Cancel();
        });
        Assert.That(
            () => new PosteriorSampler(new FlatPrior(0.5), Quick).Run(small.Problem, null, progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public void ALikelihoodWithoutAMajoriserHasAWarmStartToo()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        using var poisson = new PoissonLikelihood(small.Measurement.Data);
        var problem = new PosteriorProblem(small.Operator, poisson, small.Problem.AmplitudeNoise);
        var samples = new PosteriorSampler(new FlatPrior(0.5), Quick).Run(problem);
        Assert.That(samples.abs().isfinite().all().ToBoolean());
    }

    [Test]
    public void SamplesStartFromTheAnnealedSolversObject()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var prior = new FlatPrior(0.5);
        var sampler = new PosteriorSampler(prior, Quick with { WarmStartLevels = 6 });
        var start = new AnnealedSolver(prior, sampler.Refinement()).Solve(small.Measurement).Object.ToTensor();
        var expected = sampler.Run(small.Problem, start.unsqueeze(0));
        var found = sampler.Run(small.Measurement);
        Assert.That(
            found.Mean.Real.ToArray(),
            Is.EqualTo(PosteriorSummary.Of(expected, small.Problem).Mean.Real.ToArray())
        );
        var plain = new PosteriorSampler(prior, Quick with { WarmStartLevels = 0 }).Run(small.Measurement);
        Assert.That(plain.Mean.Real.ToArray(), Is.Not.EqualTo(found.Mean.Real.ToArray()));
    }

    [Test]
    public void OverAnOperatorTheStartIsTheAnnealedSamplersObject()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var prior = new FlatPrior(0.5);
        var sampler = new PosteriorSampler(prior, Quick with { WarmStartLevels = 6 });
        var start = new AnnealedSampler(prior, sampler.Refinement()).Run(small.Problem).Objects;
        Assert.That(
            sampler.Run(small.Problem).eq(sampler.Run(small.Problem, start)).all().ToBoolean(),
            "the same samples from the same start"
        );
    }

    private static PosteriorOptions Quick =>
        new()
        {
            Chains = 3,
            Levels = 5,
            LangevinSteps = 5,
            WarmStartIterations = 20,
            Seed = 2,
        };

    /// <summary>Mean and variance within four standard errors, and two per cent for the Langevin chain's memory.</summary>
    private static void Check(Tensor values, double mean, double variance)
    {
        var n = (double)values.numel();
        Assert.That(
            values.mean().ToDouble(),
            Is.EqualTo(mean).Within(4 * Math.Sqrt(variance / n) + 2e-3 * Math.Sqrt(variance))
        );
        Assert.That(
            values.contiguous().flatten().var().ToDouble(),
            Is.EqualTo(variance).Within(variance * (4 * Math.Sqrt(2 / n) + 0.02))
        );
    }

    private sealed class Immediate(Action<PosteriorProgress> action) : IProgress<PosteriorProgress>
    {
        public void Report(PosteriorProgress value) => action(value);
    }
}
