using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Tests.Likelihoods;

/// <summary>Energies and gradients against their formulas, pixel by pixel in double precision.</summary>
public class LikelihoodValueTests
{
    private const int Pixels = 4;
    private const double Delta = 0.4;
    private const double Background = 0.02;
    private static readonly float[] Intensities = [0, 1, 2, 0.5f, 1.5f, 0.2f, 3, 1];
    private static readonly float[] PixelWeights = [1, 0.5f, 0, 1];
    private static readonly float[] FrameWeights = [1, 0.25f];

    private static DiffractionData Data(bool masked, double? counts = 25) =>
        new(
            Intensities,
            2,
            2,
            2,
            DiffractionUnit.Intensity,
            counts,
            masked ? new DetectorMask(PixelWeights, FrameWeights) : null
        );

    private static IEnumerable<TestCaseData> Formulas()
    {
        Func<double, double, double>[] energies =
        [
            (a, y) => 0.5 * (a - y) * (a - y),
            (a, y) => Math.Abs(a - y),
            (a, y) => Math.Abs(a - y) <= Delta ? 0.5 * (a - y) * (a - y) : Delta * (Math.Abs(a - y) - 0.5 * Delta),
            (a, y) => Poisson(a * a + Background, y * y + Background),
        ];
        Func<DiffractionData, ILikelihood>[] likelihoods =
        [
            data => new AmplitudeLikelihood(data),
            data => new AbsoluteLikelihood(data),
            data => new HuberLikelihood(data, Delta),
            data => new PoissonLikelihood(data),
        ];
        foreach (var masked in new[] { false, true })
            for (var i = 0; i < energies.Length; i++)
                yield return new TestCaseData(likelihoods[i], energies[i], masked).SetArgDisplayNames($"{i}, {masked}");
    }

    [TestCaseSource(nameof(Formulas))]
    public void EnergyIsThatOfTheFormula(
        Func<DiffractionData, ILikelihood> create,
        Func<double, double, double> energy,
        bool masked
    )
    {
        using var likelihood = create(Data(masked));
        foreach (var modes in new long[] { 1, 3 })
        {
            using var scope = NewDisposeScope();
            var psi = FarField(modes);
            var expected = new double[2];
            for (var b = 0; b < 2; b++)
            for (var k = 0; k < 2; k++)
            for (var q = 0; q < Pixels; q++)
            {
                var weight = masked ? PixelWeights[q] * FrameWeights[k] : 1;
                var light = psi[b, k].reshape(modes, Pixels)[TensorIndex.Colon, q].abs().square().sum().ToDouble();
                expected[b] += weight * energy(Math.Sqrt(light), Math.Sqrt(Intensities[k * Pixels + q]));
            }
            Assert.That(likelihood.Energy(psi).data<float>(), Is.EqualTo(expected).Within(1e-4).Percent);
        }
    }

    [TestCaseSource(nameof(Formulas))]
    public void DarkFieldsHaveNoGradientAndNothingIsLeftBehind(
        Func<DiffractionData, ILikelihood> create,
        Func<double, double, double> energy,
        bool masked
    )
    {
        _ = energy;
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var likelihood = create(Data(masked)))
        using (NewDisposeScope())
        {
            foreach (var modes in (long[])[1, 3])
            {
                var gradient = likelihood.Gradient(FarField((int)modes) * 0);
                Assert.That(gradient.shape, Is.EqualTo(new[] { 2, 2, modes, 2, 2 }));
                Assert.That(gradient.abs().max().ToDouble(), Is.Zero, $"{modes} modes");
            }
        }
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Formulas))]
    public void TheMajoriserTouchesTheEnergy(
        Func<DiffractionData, ILikelihood> create,
        Func<double, double, double> energy,
        bool masked
    )
    {
        _ = energy;
        using var likelihood = create(Data(masked));
        if (likelihood is not IMajorizedLikelihood majorized)
        {
            Assert.Pass("has no majoriser");
            return;
        }
        using var scope = NewDisposeScope();
        var psi = FarField(3);
        var difference = psi - majorized.Target(psi) - majorized.Gradient(psi);
        Assert.That(difference.abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [TestCase(null, 25.0, 0.02)]
    [TestCase(0.7, 25.0, 0.7)]
    [TestCase(null, null, 3e-6)]
    public void TheBackgroundIsTheGivenOneOrHalfACountOrAMillionth(double? given, double? counts, double expected)
    {
        using var likelihood = new PoissonLikelihood(Data(false, counts), given);
        using var scope = NewDisposeScope();
        var sum = Intensities.Sum(n => Poisson(expected, n + expected));
        Assert.That(likelihood.Energy(FarField(1) * 0).data<float>()[0], Is.EqualTo(sum).Within(1e-3).Percent);
    }

    [Test]
    public void OptionsThatCannotBeAreRefused()
    {
        foreach (var value in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.That(
                () => new HuberLikelihood(Data(false), value),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("δ")
            );
            Assert.That(
                () => new PoissonLikelihood(Data(false), value),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("The background must")
            );
        }
        using var huber = new HuberLikelihood(Data(false), 0.25);
        Assert.That(huber.ToString(), Is.EqualTo("amplitude Huber, δ = 0.25"));
    }

    private static double Poisson(double m, double n) => 0.25 * (m - n - n * Math.Log(m / n));

    private static Tensor FarField(long modes)
    {
        using var generator = new Generator(9, CPU);
        return randn([2, 2, modes, 2, 2], complex64, generator: generator);
    }
}
