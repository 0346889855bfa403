using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Physics.Tests.Metrics;

public class RegistrationTests
{
    [Test]
    public void ARampIsFoundBetweenTheSamples()
    {
        var truth = Reference.Small.Field("object");
        var wrong = new PhaseRamp(3.37, -1.62, 0.8).ApplyTo(truth);
        var ramp = PhaseRamp.Between(wrong, truth);
        Assert.Multiple(() =>
        {
            Assert.That(ramp.Rows, Is.EqualTo(-3.37).Within(1e-5));
            Assert.That(ramp.Columns, Is.EqualTo(1.62).Within(1e-5));
            Assert.That(ReconstructionMetrics.PhaseErrorWithoutRamp(wrong, truth), Is.LessThan(1e-4));
            Assert.That(ReconstructionMetrics.PhaseError(wrong, truth), Is.GreaterThan(0.5));
        });
    }

    [Test]
    public void AShiftIsFoundToAFractionOfAPixel()
    {
        var truth = Reference.Small.Field("object");
        var wrong = new FieldRegistration(2.4, -5.75).ApplyTo(truth);
        var shift = FieldRegistration.Between(wrong, truth);
        Assert.Multiple(() =>
        {
            Assert.That(shift.Rows, Is.EqualTo(-2.4).Within(1e-4));
            Assert.That(shift.Columns, Is.EqualTo(5.75).Within(1e-4));
            Assert.That(ReconstructionMetrics.Nrmse(shift.ApplyTo(wrong), truth), Is.LessThan(1e-4));
        });
    }

    [Test]
    public void AWholeShiftMovesPixels()
    {
        var field = new ComplexField(6, 5);
        field[1, 2] = new Complex(1, 2);
        var moved = new FieldRegistration(2, -1).ApplyTo(field);
        Assert.That((moved[3, 1] - new Complex(1, 2)).Magnitude, Is.LessThan(1e-6));
    }

    [Test]
    public void RingCorrelationFindsWhereNoiseBegins()
    {
        // Both fields share everything below 0.2 cycles a pixel, and nothing above.
        var (a, b) = (Noise(1, 0.2, 5), Noise(1, 0.2, 6));
        var frc = FourierRingCorrelation.Compute(a, b);
        Assert.Multiple(() =>
        {
            Assert.That(frc.Correlation.Take(22), Is.All.GreaterThan(0.95));
            Assert.That(frc.Correlation.Skip(30), Is.All.InRange(-0.35, 0.35));
            Assert.That(frc.Resolution, Is.EqualTo(0.2).Within(0.012));
            Assert.That(frc.Frequency[32], Is.EqualTo(0.25).Within(0.005));
            Assert.That(FourierRingCorrelation.Compute(a, a).Resolution, Is.Null);
            Assert.That(FourierRingCorrelation.Compute(a, a).Correlation, Is.All.EqualTo(1).Within(1e-9));
        });
    }

    [Test]
    public void TheThresholdIsHalfABitOfARingsPixels()
    {
        // Ring 1 of 32×32 pixels: frequencies of ½…1½ are those of (0, 1), (1, 0) and (1, 1): 8 pixels.
        var field = Noise(1, 0.2, 5);
        var small = new ComplexField(32, 32);
        for (var i = 0; i < small.Length; i++)
            (small.Real[i], small.Imaginary[i]) = (field.Real[i], field.Imaginary[i]);
        var threshold = FourierRingCorrelation.Compute(small, small).HalfBit;
        var root = Math.Sqrt(8);
        Assert.That(threshold[0], Is.EqualTo(1).Within(1e-12));
        Assert.That(threshold[1], Is.EqualTo((0.2071 + 1.9102 / root) / (1.2071 + 0.9102 / root)).Within(1e-12));
    }

    private static ComplexField Noise(int shared, double limit, int own)
    {
        var field = new ComplexField(128, 128);
        var (first, second) = (new Random(shared), new Random(own));
        for (var row = 0; row < 128; row++)
        for (var column = 0; column < 128; column++)
        {
            var y = (row < 64 ? row : row - 128) / 128.0;
            var x = (column < 64 ? column : column - 128) / 128.0;
            var common = new Complex(first.NextDouble() - 0.5, first.NextDouble() - 0.5);
            var alone = new Complex(second.NextDouble() - 0.5, second.NextDouble() - 0.5);
            field[row, column] = double.Hypot(x, y) < limit ? common : alone;
        }

        new Ptycho.Physics.Fourier.Fft2D(128, 128).Inverse(field.Real, field.Imaginary);
        return field;
    }
}
