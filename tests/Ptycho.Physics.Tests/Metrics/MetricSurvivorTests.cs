using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Physics.Tests.Metrics;

/// <summary>Properties of the metrics that no test of their values saw.</summary>
public class MetricSurvivorTests
{
    [Test]
    public void ShapesAndValuesAreCheckedByEveryMeasure()
    {
        var (field, other, bad) = (Noise(1, 12, 12), Noise(2, 12, 13), Noise(3, 12, 12));
        bad.Imaginary[13] = float.NaN;
        Func<ComplexField, ComplexField, object>[] measures =
        [
            (r, t) => ReconstructionMetrics.Ssim(r, t),
            (r, t) => ReconstructionMetrics.SsimGaussian(r, t),
            (r, t) => ReconstructionMetrics.Psnr(r, t),
            (r, t) => ReconstructionMetrics.PhaseError(r, t),
            (r, t) => PhaseRamp.Between(r, t),
            FourierRingCorrelation.Compute,
        ];
        Assert.Multiple(() =>
        {
            foreach (var measure in measures)
            {
                Assert.That(() => measure(field, other), Throws.ArgumentException.With.Message.Contains("12×13"));
                Assert.That(() => measure(bad, field), Throws.ArgumentException.With.Message.Contains("row 1"));
                Assert.That(() => measure(field, bad), Throws.ArgumentException.With.Message.Contains("row 1"));
                Assert.That(() => measure(null!, field), Throws.ArgumentNullException);
                Assert.That(() => measure(field, null!), Throws.ArgumentNullException);
            }

            Assert.That(() => default(PhaseRamp).ApplyTo(null!), Throws.ArgumentNullException);
            Assert.That(() => default(FieldRegistration).ApplyTo(null!), Throws.ArgumentNullException);
            Assert.That(() => FieldRegistration.Between(null!, field), Throws.ArgumentNullException);
        });
    }

    [Test]
    public void SimilarityKnowsNoUnit()
    {
        var (image, truth) = (Noise(1, 16, 16).Real, Noise(2, 16, 16).Real);
        var plain = StructuralSimilarity.Uniform(Times(image, 1), Times(truth, 1), 16, 16);
        var scaled = StructuralSimilarity.Uniform(Times(image, 50), Times(truth, 50), 16, 16);
        Assert.That(scaled, Is.EqualTo(plain).Within(1e-12));

        static double[] Times(float[] values, double factor) => [.. values.Select(v => factor * (v + 1))];
    }

    [Test]
    public void ARampOfAQuarterTurnIsFound()
    {
        var flat = ComplexField.Constant(12, 9, 1);
        var ramp = PhaseRamp.Between(flat, new PhaseRamp(2, -1, Math.PI / 2).ApplyTo(flat));
        Assert.That(ramp.Rows, Is.EqualTo(2).Within(1e-4));
        Assert.That(ramp.Columns, Is.EqualTo(-1).Within(1e-4));
        Assert.That(ramp.Constant, Is.EqualTo(Math.PI / 2).Within(1e-3));
    }

    [Test]
    public void ResolutionIsInterpolatedBetweenTwoRings()
    {
        // The noise grows with the frequency, so that the correlation falls through the threshold in between.
        var (a, b) = (Noise(1, 64, 64), new ComplexField(64, 64));
        var own = Noise(2, 64, 64);
        for (var row = 0; row < 64; row++)
        for (var column = 0; column < 64; column++)
        {
            var (y, x) = (Math.Min(row, 64 - row) / 64.0, Math.Min(column, 64 - column) / 64.0);
            var weight = Math.Pow(4 * double.Hypot(x, y), 2);
            b[row, column] = a[row, column] + weight * own[row, column];
        }

        var fft = new Ptycho.Physics.Fourier.Fft2D(64, 64);
        fft.Inverse(a.Real, a.Imaginary);
        fft.Inverse(b.Real, b.Imaginary);
        var frc = FourierRingCorrelation.Compute(a, b);
        var excess = frc.Correlation.Zip(frc.HalfBit, (c, h) => c - h).ToArray();
        var ring = Enumerable.Range(2, excess.Length - 2).First(i => excess[i] < 0);
        Assert.That(excess[ring - 1], Is.GreaterThan(0));
        var share = excess[ring - 1] / (excess[ring - 1] - excess[ring]);
        Assert.That(share, Is.InRange(0.05, 0.95));
        var expected = frc.Frequency[ring - 1] + share * (frc.Frequency[ring] - frc.Frequency[ring - 1]);
        Assert.That(frc.Resolution, Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void RingsSeeNoBorderAndNoDirection()
    {
        var (a, b) = (Noise(1, 32, 32), Noise(2, 32, 32));
        var (bordered, flippedA, flippedB) = (a.Clone(), new ComplexField(32, 32), new ComplexField(32, 32));
        for (var row = 0; row < 32; row++)
        for (var column = 0; column < 32; column++)
        {
            if (row is 0 or 31 || column is 0 or 31)
                bordered[row, column] = new Complex(2, -1);
            flippedA[31 - row, 31 - column] = a[row, column];
            flippedB[31 - row, 31 - column] = b[row, column];
        }

        var flipped = FourierRingCorrelation.Compute(flippedA, flippedB).Correlation;
        Assert.That(FourierRingCorrelation.Compute(bordered, a).Correlation, Is.All.GreaterThan(0.95));
        Assert.That(flipped, Is.EqualTo(FourierRingCorrelation.Compute(a, b).Correlation).Within(1e-6));
    }

    [Test]
    public void RealFieldsCorrelate()
    {
        var real = Noise(1, 16, 16);
        Array.Clear(real.Imaginary);
        Assert.That(FourierRingCorrelation.Compute(real, real).Correlation, Is.All.EqualTo(1).Within(1e-6));
    }

    private static ComplexField Noise(int seed, int height, int width)
    {
        var random = new Random(seed);
        var field = new ComplexField(height, width);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        return field;
    }
}
