using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Tests.Classical.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior;

/// <summary>The small parts of a data step against what defines them.</summary>
public sealed class PosteriorPartsTests
{
    [Test]
    public void RoughnessIsTheSumOfTheStepsToTheNeighboursInTheObject()
    {
        using var scope = NewDisposeScope();
        var f = Noise(1, 2, 3, 4);
        var found = GridLaplacian.Roughness(f);
        for (var b = 0; b < 2; b++)
        for (var y = 0; y < 3; y++)
        for (var x = 0; x < 4; x++)
        {
            var expected = (y > 0 ? Step(b, y - 1, x) : 0) + (y < 2 ? Step(b, y + 1, x) : 0);
            expected += (x > 0 ? Step(b, y, x - 1) : 0) + (x < 3 ? Step(b, y, x + 1) : 0);
            Assert.That(found[b, y, x].real.ToDouble(), Is.EqualTo(expected).Within(1e-5));

            double Step(int i, int row, int column) => (f[i, y, x] - f[i, row, column]).real.ToDouble();
        }
    }

    [Test]
    public void TheFirstFactorsAreThoseOfThePaper()
    {
        var extrapolation = new Extrapolation(momentum: true);
        // t = 1, (1 + √5)/2, …: the first step has nothing to go along.
        var t1 = (1 + Math.Sqrt(5)) / 2;
        var t2 = (1 + Math.Sqrt(1 + 4 * t1 * t1)) / 2;
        Assert.That(extrapolation.Next(), Is.EqualTo((0.0, 1 / t1)));
        Assert.That(extrapolation.Next(), Is.EqualTo(((t1 - 1) / t2, t1 / t2)));
    }

    [Test]
    public void BothResidualsAreTheShareOfTheDataThatIsNotExplained()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        var managed = new ManagedResidual(small.Measurement);
        var energy = new EnergyResidual(small.Problem);
        var objects = Noise(2, 2, 64, 64) * 0.2 + 1;
        var each = Enumerable.Range(0, 2).Select(b => energy.Residual(objects.narrow(0, b, 1))).ToArray();
        var both = Math.Sqrt((each[0] * each[0] + each[1] * each[1]) / 2);
        Assert.That(each[0], Is.Not.EqualTo(each[1]).Within(1e-4));
        Assert.That(energy.Residual(objects), Is.EqualTo(both).Within(1e-6));
        Assert.That(managed.Residual(objects), Is.EqualTo(both).Within(1e-5));
        Assert.That(managed.Residual(objects.conj().conj_physical()), Is.EqualTo(both).Within(1e-5));
        foreach (var meter in (IResidualMeter[])[managed, energy])
        {
            Assert.That(meter.Residual(zeros_like(objects)), Is.EqualTo(1).Within(1e-6), "nothing explains nothing");
            Assert.That(meter.Residual(small.Truth.ToTensor().unsqueeze(0)), Is.LessThan(0.01));
        }
    }

    [TestCase("fractions")]
    [TestCase("all")]
    public void BothResidualsAgreeWhereWindowsOverhangModesAddUpAndPixelsAreMasked(string variant)
    {
        var measurement = Simulated.Measure(2, variant);
        using var forward = new PtychographyOperator(measurement);
        using var likelihood = new AmplitudeLikelihood(measurement.Data);
        using var scope = NewDisposeScope();
        var objects = Noise(5, 1, measurement.ObjectHeight, measurement.ObjectWidth) * 0.2 + 1;
        var expected = new EnergyResidual(new PosteriorProblem(forward, likelihood, 1)).Residual(objects);
        Assert.That(new ManagedResidual(measurement).Residual(objects), Is.EqualTo(expected).Within(1e-5));
        Assert.That(expected, Is.InRange(0.01, 1));
    }

    [Test]
    public void AStartMayBeMissingOneForAllOrOneForEachChain()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        Tensor?[] good = [null, Noise(1, 1, 64, 64), Noise(1, 3, 64, 64)];
        foreach (var start in good)
            Assert.That(() => StartCheck.Require(start, 3, small.Problem), Throws.Nothing);
    }

    [Test]
    public void DataOfUnknownCountsHaveAFloorOfNoise()
    {
        using var small = new Small();
        Assert.That(NoiseLevel.Of(small.Measurement), Is.EqualTo(small.Measurement.Data.AmplitudeNoise));
        var data = small.Measurement.Data;
        var amplitudes = new DiffractionData(
            data.ToAmplitudes(),
            data.FrameCount,
            data.Height,
            data.Width,
            DiffractionUnit.Amplitude
        );
        var unknown = new Measurement(amplitudes, small.Measurement.Positions, small.Measurement.Probe, 64, 64);
        Assert.That(NoiseLevel.Of(unknown), Is.EqualTo(5e-4 * data.ToAmplitudes().Max()).Within(1e-9));
    }

    [Test]
    public void TheScaleOfChannelsIsTheSlopeAtTheirCentre()
    {
        var transform = new MagnitudePhaseTransform(
            new MagnitudePhaseOptions
            {
                MagnitudeMean = 0.8,
                MagnitudeScale = 0.3,
                PhaseScale = 0.5,
            }
        );
        Assert.That(ChannelScale.Magnitude(transform), Is.EqualTo(0.8).Within(1e-6));
        // |∂f/∂c₀| = .3, |∂f/∂c₁| = .8·.5.
        var expected = (0.3 * 0.3 + 0.4 * 0.4) / 2;
        Assert.That(ChannelScale.MeanSquare(transform, CPU), Is.EqualTo(expected).Within(1e-4));
    }

    [Test]
    public void ChainsDrawTheSameWhetherOthersRunBesideThemOrNot()
    {
        using var small = new Small();
        using var scope = NewDisposeScope();
        using var three = new NoiseSource(7, 3, small.Problem);
        using var first = new NoiseSource(7, 1, small.Problem);
        using var last = new NoiseSource(NoiseSource.ChainSeeds(7, 2, 1), small.Problem);
        three.Next().Dispose();
        first.Next().Dispose();
        var states = three.Next();
        Assert.That(states.shape, Is.EqualTo(new long[] { 3, 2, 64, 64 }));
        Assert.That(states.narrow(0, 0, 1).equal(first.Next()).all().ToBoolean());
        Assert.That(states.narrow(0, 1, 1).equal(states.narrow(0, 0, 1)).any().ToBoolean(), Is.False);
        last.SkipTo(1);
        Assert.That(last.Draws, Is.EqualTo(1));
        Assert.That(states.narrow(0, 2, 1).equal(last.Next()).all().ToBoolean());
        last.SkipTo(2);
        Assert.That(last.Draws, Is.EqualTo(2), "no further than it is");
        Assert.That(states.std().ToDouble(), Is.EqualTo(1).Within(0.02));
    }

    [Test]
    public void SeedsOfChainsDifferAndTheFirstIsTheRunsOwn()
    {
        var seeds = NoiseSource.ChainSeeds(7, 0, 1000);
        Assert.That(seeds[0], Is.EqualTo(7));
        Assert.That(seeds, Is.Unique);
        // torch keeps the low half.
        Assert.That(seeds.Select(seed => (uint)seed), Is.Unique);
        Assert.That(NoiseSource.ChainSeeds(7, 998, 2), Is.EqualTo(seeds[998..]));
        Assert.That(NoiseSource.ChainSeeds(8, 1, 999), Has.None.AnyOf(seeds.Cast<object>().ToArray()));
        // SplitMix64 (Steele, Lea, Flood 2014), the second number of state 7.
        Assert.That(NoiseSource.ChainSeeds(0, 1, 1), Is.EqualTo(new[] { 0xE220A8397B1DCDAFUL }));
    }

    [Test]
    public void ChoicesMakeTheLikelihoodThatTheyName()
    {
        using var small = new Small();
        using var amplitude = LikelihoodChoice.Amplitude.Create(small.Measurement.Data, 0.5, CPU);
        using var poisson = LikelihoodChoice.Poisson.Create(small.Measurement.Data, 0.5, CPU);
        using var huber = LikelihoodChoice.Huber(2).Create(small.Measurement.Data, 0.5, CPU);
        using var expected = new HuberLikelihood(small.Measurement.Data, 1);
        using var scope = NewDisposeScope();
        var field = small.Operator.Forward(Noise(3, 1, 64, 64));
        Assert.That(amplitude, Is.InstanceOf<AmplitudeLikelihood>());
        Assert.That(poisson, Is.InstanceOf<PoissonLikelihood>());
        Assert.That(huber.Energy(field).ToDouble(), Is.EqualTo(expected.Energy(field).ToDouble()));
        Assert.That(LikelihoodChoice.Huber().HuberThreshold, Is.EqualTo(3));
        Assert.That(
            () => new LikelihoodChoice { Kind = (LikelihoodKind)9 },
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
        Assert.That(() => LikelihoodChoice.Huber(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(1e4, LikelihoodKind.Poisson)]
    [TestCase(1e6, LikelihoodKind.Amplitude)]
    public void TheAutomaticChoiceIsPoissonWhereCountsAreFew(double peakCounts, LikelihoodKind expected)
    {
        using var small = new Small(peakCounts: peakCounts);
        var data = small.Measurement.Data;
        Assert.That(LikelihoodChoice.Automatic.For(data).Kind, Is.EqualTo(expected));
        Assert.That(LikelihoodChoice.Huber().For(data).Kind, Is.EqualTo(LikelihoodKind.Huber));
        Assert.That(new AnnealedOptions().Likelihood, Is.EqualTo(LikelihoodChoice.Automatic));
        var unknown = new DiffractionData(
            data.ToAmplitudes(),
            data.FrameCount,
            data.Height,
            data.Width,
            DiffractionUnit.Amplitude
        );
        Assert.That(
            LikelihoodChoice.Automatic.For(unknown).Kind,
            Is.EqualTo(LikelihoodKind.Amplitude),
            "no counts known"
        );
        Assert.That(CountLevel.Mean(unknown), Is.Null);
    }

    [Test]
    public void MeanCountsAreThoseOfThePixelsAndFramesThatCount()
    {
        var data = new DiffractionData(
            [1, 2, 3, 100, 5, 6, 7, 100, 9, 9, 9, 9],
            3,
            2,
            2,
            DiffractionUnit.Intensity,
            countsPerUnit: 10,
            mask: new DetectorMask([1, 1, 1, 0], [1, 1, 0])
        );
        Assert.That(CountLevel.Mean(data), Is.EqualTo(10 * (1 + 2 + 3 + 5 + 6 + 7) / 6.0).Within(1e-4));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void AProblemWithoutNoiseIsRefused(double noise)
    {
        using var small = new Small();
        Assert.That(
            () => new PosteriorProblem(small.Operator, small.Likelihood, noise),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("noise of an amplitude")
        );
        Assert.That(() => new PosteriorProblem(null!, small.Likelihood, 1), Throws.ArgumentNullException);
        Assert.That(() => new PosteriorProblem(small.Operator, null!, 1), Throws.ArgumentNullException);
    }

    [TestCase(0f)]
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void AnOperatorThatMapsToNothingIsRefused(float factor) =>
        Assert.That(
            () => OperatorNorm.Squared(new Times(factor), CPU),
            Throws.ArgumentException.With.Message.Contains("norm")
        );

    [Test]
    public void TheNormBoundsFromAbove() =>
        Assert.That(OperatorNorm.Squared(new Times(3), CPU), Is.EqualTo(9 * 1.05).Within(1e-4));

    [TestCase(128, 100, 300)]
    [TestCase(100, 192, 1012)]
    [TestCase(192, 100, 1012)]
    [TestCase(100, 256, 2400)]
    [TestCase(288, 100, 2700)]
    public void TheLongerSideOfAFieldCountsInItsWindows(int height, int width, int iterations) =>
        Assert.That(WarmStartLength.Of(300, new Times(1, height, width)), Is.EqualTo(iterations));

    [TestCase(true, 1e-3)]
    [TestCase(false, 2)]
    public void AFlatStartExplainsTheLight(bool majorised, double percent)
    {
        using var small = new Small();
        using var poisson = new PoissonLikelihood(small.Measurement.Data);
        using IDataStep step = majorised
            ? new ProximalDataStep(small.Problem)
            : new SearchedDataStep(new PosteriorProblem(small.Operator, poisson, 0.1));
        using var scope = NewDisposeScope();
        var flat = step.WarmStart(0, 1e-3, default);
        var light = small.Operator.Forward(flat).abs().square().sum().ToDouble();
        var data = small.Measurement.Data.Values.Sum(v => (double)v);
        Assert.That(light, Is.EqualTo(data).Within(percent).Percent);
    }

    private static Tensor Noise(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed, CPU);
        return randn(shape, complex64, generator: generator);
    }

    /// <summary>A factor.</summary>
    private sealed class Times(float factor, long height = 8, long width = 8) : IForwardOperator
    {
        public (long Height, long Width) ObjectShape => (height, width);

        public (long Frames, long Modes, long Height, long Width) FarFieldShape => (1, 1, 32, 32);

        public Tensor Forward(Tensor obj) => obj * factor;

        public Tensor Adjoint(Tensor farField) => farField * factor;
    }
}
