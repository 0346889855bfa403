using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Physics.Tests.Metrics;

/// <summary>What the metrics do at their edges, and on frames that are not square.</summary>
public class MetricRulesTests
{
    [Test]
    public void NothingReconstructedIsAllWrong()
    {
        var (nothing, truth) = (new ComplexField(12, 9), Noise(12, 9, 1));
        Assert.Multiple(() =>
        {
            Assert.That(ReconstructionMetrics.GlobalPhase(nothing, truth), Is.EqualTo(Complex.One));
            Assert.That(ReconstructionMetrics.Nrmse(nothing, truth), Is.EqualTo(1).Within(1e-12));
            Assert.That(
                () => ReconstructionMetrics.PhaseError(nothing, truth),
                Throws.ArgumentException.With.Message.Contains("phase in both")
            );
            Assert.That(ReconstructionMetrics.Psnr(truth, truth), Is.EqualTo(double.PositiveInfinity));
        });
    }

    [Test]
    public void PixelsWithoutPhaseAreLeftOut()
    {
        var truth = new ComplexField(1, 4, [1, 1, 0, 1], [0, 0, 0, 0]);
        var image = truth.Clone();
        image[0, 0] = Complex.FromPolarCoordinates(1, 0.3);
        image[0, 1] = Complex.FromPolarCoordinates(1, -0.3);
        image[0, 2] = 5;
        image[0, 3] = 0;
        Assert.That(ReconstructionMetrics.PhaseError(image, truth), Is.EqualTo(0.3).Within(1e-6));
    }

    [Test]
    public void RampsAndShiftsAreFoundInAFrameThatIsNotSquare()
    {
        var truth = Noise(13, 10, 2);
        var ramp = PhaseRamp.Between(new PhaseRamp(-2.25, 1.5, 0.4).ApplyTo(truth), truth);
        var shift = FieldRegistration.Between(new FieldRegistration(-3, 2).ApplyTo(truth), truth);
        Assert.Multiple(() =>
        {
            Assert.That(ramp.Rows, Is.EqualTo(2.25).Within(1e-4));
            Assert.That(ramp.Columns, Is.EqualTo(-1.5).Within(1e-4));
            Assert.That(ramp.Constant, Is.EqualTo(-0.4).Within(1e-3));
            Assert.That(shift.Rows, Is.EqualTo(3).Within(1e-4));
            Assert.That(shift.Columns, Is.EqualTo(-2).Within(1e-4));
        });
    }

    [Test]
    public void ARampTurnsPixelsByItsFormula()
    {
        var turned = new PhaseRamp(1.5, -2, 0.3).ApplyTo(ComplexField.Constant(4, 5, 2));
        for (var row = 0; row < 4; row++)
        for (var column = 0; column < 5; column++)
        {
            var expected = Complex.FromPolarCoordinates(2, 0.3 + 2 * Math.PI * (1.5 * row / 4 - 2.0 * column / 5));
            Assert.That((turned[row, column] - expected).Magnitude, Is.LessThan(1e-5));
        }
    }

    [Test]
    public void RingsEndAtHalfTheShorterSideAndTakeAPhaseAway()
    {
        var field = Noise(16, 24, 3);
        var frc = FourierRingCorrelation.Compute(new PhaseRamp(0, 0, 1.2).ApplyTo(field), field);
        Assert.Multiple(() =>
        {
            Assert.That(frc.Correlation, Has.Count.EqualTo(8));
            Assert.That(frc.Correlation, Is.All.EqualTo(1).Within(1e-6));
            Assert.That(frc.Frequency[0], Is.Zero);
            Assert.That(frc.Frequency, Is.Ordered.Ascending);
            Assert.That(frc.Frequency[4], Is.EqualTo(0.25).Within(0.03));
            Assert.That(() => FourierRingCorrelation.Compute(Noise(8, 8, 1), Noise(8, 8, 2)), Throws.Nothing);
            Assert.That(
                () => FourierRingCorrelation.Compute(Noise(7, 9, 1), Noise(7, 9, 2)),
                Throws.ArgumentException.With.Message.Contains("8 pixels")
            );
        });
    }

    [Test]
    public void ResolutionIsWhereTheCorrelationCrossesItsThreshold()
    {
        var shared = Noise(32, 32, 4);
        var (a, b) = (shared.Clone(), shared.Clone());
        var (first, second) = (Noise(32, 32, 5), Noise(32, 32, 6));
        for (var i = 0; i < a.Length; i++)
        {
            a.Real[i] += 2 * first.Real[i];
            b.Real[i] += 2 * second.Real[i];
        }
        var frc = FourierRingCorrelation.Compute(a, b);
        var excess = frc.Correlation.Zip(frc.HalfBit, (c, h) => c - h).ToArray();
        var ring = Enumerable.Range(2, excess.Length - 2).First(i => excess[i] < 0);
        var share = excess[ring - 1] / (excess[ring - 1] - excess[ring]);
        var expected =
            excess[ring - 1] <= 0
                ? frc.Frequency[ring]
                : frc.Frequency[ring - 1] + share * (frc.Frequency[ring] - frc.Frequency[ring - 1]);
        Assert.That(frc.Resolution, Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void SimilarityNeedsAWindowARangeAndTheRightLengths()
    {
        var image = Enumerable.Range(0, 121).Select(i => Math.Sin(i)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(StructuralSimilarity.Uniform(image.AsSpan(0, 49), image.AsSpan(0, 49), 7, 7), Is.EqualTo(1));
            Assert.That(StructuralSimilarity.Gaussian(image, image, 11, 11), Is.EqualTo(1).Within(1e-12));
            Assert.That(
                () => StructuralSimilarity.Uniform(image.AsSpan(0, 42), image.AsSpan(0, 42), 6, 7),
                Throws.ArgumentException.With.Message.Contains("7×7 window")
            );
            Assert.That(
                () => StructuralSimilarity.Gaussian(image.AsSpan(0, 110), image.AsSpan(0, 110), 11, 10),
                Throws.ArgumentException.With.Message.Contains("11×11 window")
            );
            Assert.That(
                () => StructuralSimilarity.Uniform(image, image.AsSpan(1), 11, 11),
                Throws.ArgumentException.With.Message.Contains("11×11 values")
            );
            Assert.That(
                () => StructuralSimilarity.Uniform(image.AsSpan(1), image, 11, 11),
                Throws.ArgumentException.With.Message.Contains("11×11 values")
            );
            Assert.That(() => StructuralSimilarity.Uniform(image, image, 11, 11, 0), Throws.ArgumentException);
            Assert.That(() => StructuralSimilarity.Uniform(image, image, 11, 11, double.NaN), Throws.ArgumentException);
        });
    }

    private static ComplexField Noise(int height, int width, int seed)
    {
        var random = new Random(seed);
        var field = new ComplexField(height, width);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        return field;
    }
}
