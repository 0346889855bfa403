using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Tests.Likelihoods;

public class LikelihoodTests
{
    private const int Frames = 3;
    private const int Size = 4;

    private static DiffractionData Data(bool masked)
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, Frames * Size * Size).Select(_ => (float)(random.NextDouble() * 3)).ToArray();
        values[7] = 0;
        var mask = masked
            ? new DetectorMask([.. Enumerable.Range(0, Size * Size).Select(i => i % 5 == 0 ? 0f : 1f)], [1, 0.5f, 1])
            : null;
        return new DiffractionData(values, Frames, Size, Size, DiffractionUnit.Intensity, 100, mask);
    }

    private static IEnumerable<TestCaseData> All()
    {
        foreach (var masked in new[] { false, true })
        {
            var data = Data(masked);
            yield return new TestCaseData((Func<ILikelihood>)(() => new AmplitudeLikelihood(data))).SetArgDisplayNames(
                $"amplitude, mask {masked}"
            );
            yield return new TestCaseData((Func<ILikelihood>)(() => new HuberLikelihood(data, 0.3))).SetArgDisplayNames(
                $"Huber, mask {masked}"
            );
            yield return new TestCaseData((Func<ILikelihood>)(() => new AbsoluteLikelihood(data))).SetArgDisplayNames(
                $"absolute, mask {masked}"
            );
            yield return new TestCaseData((Func<ILikelihood>)(() => new PoissonLikelihood(data))).SetArgDisplayNames(
                $"Poisson, mask {masked}"
            );
        }
    }

    private static Tensor FarField(long modes, ulong seed)
    {
        using var generator = new Generator(seed, CPU);
        return randn([2, Frames, modes, Size, Size], complex64, generator: generator);
    }

    [TestCaseSource(nameof(All))]
    public void GradientAgreesWithAutograd(Func<ILikelihood> create)
    {
        using var likelihood = create();
        foreach (var modes in new long[] { 1, 2 })
        {
            using var scope = NewDisposeScope();
            var psi = FarField(modes, 1).requires_grad_();
            var expected = autograd.grad([likelihood.Energy(psi).sum()], [psi])[0];
            using var guard = no_grad();
            var gradient = likelihood.Gradient(psi);
            Assert.That((gradient - expected).abs().max().ToDouble(), Is.LessThan(2e-5));
            Assert.That(gradient.abs().max().ToDouble(), Is.GreaterThan(0.01));
        }
    }

    [TestCaseSource(nameof(All))]
    public void GradientAgreesWithFiniteDifferences(Func<ILikelihood> create)
    {
        // A step that float32 energies resolve, and within which no pixel has the kink of the absolute value.
        const double step = 5e-4;
        using var likelihood = create();
        foreach (var modes in new long[] { 1, 2 })
        {
            using var scope = NewDisposeScope();
            var (psi, direction) = (FarField(modes, 11), FarField(modes, 12));
            var slope = (likelihood.Gradient(psi).conj_physical() * direction).real.flatten(1).sum(1);
            var difference =
                (likelihood.Energy(psi + direction * step) - likelihood.Energy(psi - direction * step)) / (2 * step);
            Assert.That(
                (difference - slope).abs().max().ToDouble(),
                Is.LessThan(0.01 * slope.abs().max().ToDouble() + 0.03)
            );
        }
    }

    [TestCaseSource(nameof(All))]
    public void ExcludedPixelsCountForNothing(Func<ILikelihood> create)
    {
        using var likelihood = create();
        using var scope = NewDisposeScope();
        var psi = FarField(1, 4);
        var changed = psi.clone();
        changed.narrow(3, 0, 1).narrow(4, 0, 1).mul_(3);
        var (energy, other) = (likelihood.Energy(psi), likelihood.Energy(changed));
        var corner = likelihood.Gradient(psi).narrow(3, 0, 1).narrow(4, 0, 1).abs().max().ToDouble();
        if (TestContext.CurrentContext.Test.Name.Contains("mask True"))
            Assert.That(((energy - other).abs().max().ToDouble(), corner), Is.EqualTo((0, 0)));
        else
            Assert.That(corner, Is.GreaterThan(0));
    }

    [TestCaseSource(nameof(All))]
    public void QuadraticLiesAboveTheEnergy(Func<ILikelihood> create)
    {
        using var likelihood = create();
        if (likelihood is not IMajorizedLikelihood majorized)
            Assert.Pass("has no majoriser");
        else
        {
            using var scope = NewDisposeScope();
            var psi = FarField(1, 2);
            var target = majorized.Target(psi);
            var offset = majorized.Energy(psi) - Half(psi - target);
            for (ulong trial = 3; trial < 30; trial++)
            {
                var other = psi + FarField(1, trial) * 0.5;
                var gap = Half(other - target) + offset - majorized.Energy(other);
                Assert.That(gap.min().ToDouble(), Is.GreaterThan(-1e-3));
            }
        }
    }

    [Test]
    public void EnergyIsLeastAtTheData()
    {
        var data = Data(false);
        using var scope = NewDisposeScope();
        var exact = tensor(data.ToAmplitudes(), [1, Frames, 1, Size, Size]).to(complex64);
        foreach (var create in All().Select(c => (Func<ILikelihood>)c.Arguments[0]!).Take(4))
        {
            using var likelihood = create();
            var least = likelihood.Energy(exact).ToDouble();
            Assert.That(likelihood.Energy(exact * 1.1).ToDouble(), Is.GreaterThan(least), likelihood.Name);
            Assert.That(likelihood.Energy(exact * 0.9).ToDouble(), Is.GreaterThan(least), likelihood.Name);
        }
    }

    private static Tensor Half(Tensor difference) => difference.abs().square().flatten(1).sum(1) * 0.5;
}
