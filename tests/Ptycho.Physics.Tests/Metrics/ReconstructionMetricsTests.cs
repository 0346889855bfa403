using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Physics.Tests.Metrics;

public class ReconstructionMetricsTests
{
    [Test]
    public void MetricsAgreeWithTheReference(
        [Values("clamp", "pad")] string scan,
        [Values("awf20", "rpie5")] string solver
    )
    {
        var truth = Reference.Small.Field("object");
        var image = Reference.Small.Field($"{scan}_{solver}");
        var expected = Reference.Small.Double($"{scan}_metrics_{solver}");
        var (a, b) = (Magnitude(image), Magnitude(truth));
        Assert.Multiple(() =>
        {
            Assert.That(ReconstructionMetrics.Nrmse(image, truth), Is.EqualTo(expected[0]).Within(1e-7));
            Assert.That(ReconstructionMetrics.NrmseScaled(image, truth), Is.EqualTo(expected[1]).Within(1e-7));
            Assert.That(ReconstructionMetrics.Ssim(image, truth), Is.EqualTo(expected[2]).Within(1e-6));
            Assert.That(StructuralSimilarity.Uniform(a, b, 128, 128, 1), Is.EqualTo(expected[3]).Within(1e-6));
            Assert.That(StructuralSimilarity.Gaussian(a, b, 128, 128), Is.EqualTo(expected[4]).Within(1e-6));
            Assert.That(ReconstructionMetrics.SsimGaussian(image, truth), Is.EqualTo(expected[4]).Within(1e-6));
        });
    }

    [Test]
    public void GlobalPhaseIsNoError()
    {
        var truth = Reference.Small.Field("object");
        var turned = new ComplexField(128, 128);
        for (var i = 0; i < truth.Length; i++)
        {
            var z = new Complex(truth.Real[i], truth.Imaginary[i]) * Complex.FromPolarCoordinates(1, 2.5);
            (turned.Real[i], turned.Imaginary[i]) = ((float)z.Real, (float)z.Imaginary);
        }

        Assert.Multiple(() =>
        {
            Assert.That(ReconstructionMetrics.GlobalPhase(turned, truth).Phase, Is.EqualTo(-2.5).Within(1e-6));
            Assert.That(ReconstructionMetrics.Nrmse(turned, truth), Is.LessThan(1e-6));
            Assert.That(ReconstructionMetrics.PhaseError(turned, truth), Is.LessThan(1e-5));
            Assert.That(ReconstructionMetrics.Ssim(turned, truth), Is.EqualTo(1).Within(1e-6));
        });
    }

    [Test]
    public void NrmseDoesNotForgiveAScale()
    {
        var truth = ComplexField.Constant(8, 8, new Complex(1, 2));
        var image = ComplexField.Constant(8, 8, new Complex(1.1, 2.2));
        Assert.That(ReconstructionMetrics.Nrmse(image, truth), Is.EqualTo(0.1).Within(1e-6));
        Assert.That(ReconstructionMetrics.NrmseScaled(image, truth), Is.LessThan(1e-6));
        Assert.That(ReconstructionMetrics.NrmseScaled(new ComplexField(8, 8), truth), Is.EqualTo(1));
    }

    [Test]
    public void PhaseErrorAndPsnrOfKnownErrors()
    {
        var truth = new ComplexField(2, 2, [1, 0, 1, 3], [0, 1, 0, 0]);
        var image = truth.Clone();
        image[0, 0] = Complex.FromPolarCoordinates(1, 0.2);
        image[1, 0] = Complex.FromPolarCoordinates(1, -0.2);
        Assert.That(ReconstructionMetrics.PhaseError(image, truth), Is.EqualTo(Math.Sqrt(0.02)).Within(1e-6));
        image[1, 1] = 3.5;
        Assert.That(ReconstructionMetrics.Psnr(image, truth), Is.EqualTo(10 * Math.Log10(4 / 0.0625)).Within(1e-4));
    }

    [Test]
    public void BadInputIsNamed()
    {
        var field = ComplexField.Constant(8, 8, 1);
        var bad = field.Clone();
        bad.Real[10] = float.NaN;
        Assert.Multiple(() =>
        {
            Assert.That(
                () => ReconstructionMetrics.Psnr(field, field),
                Throws.ArgumentException.With.Message.Contains("constant")
            );
            Assert.That(
                () => FourierRingCorrelation.Compute(new ComplexField(8, 8), field),
                Throws.ArgumentException.With.Message.Contains("first")
            );
            Assert.That(
                () => ReconstructionMetrics.Nrmse(new ComplexField(8, 7), field),
                Throws.ArgumentException.With.Message.Contains("8×7")
            );
            Assert.That(
                () => ReconstructionMetrics.Nrmse(bad, field),
                Throws.ArgumentException.With.Message.Contains("row 1, column 2")
            );
            Assert.That(() => ReconstructionMetrics.Nrmse(field, new ComplexField(8, 8)), Throws.ArgumentException);
            Assert.That(() => ReconstructionMetrics.Ssim(field, field), Throws.ArgumentException);
        });
    }

    private static double[] Magnitude(ComplexField field) =>
        [.. field.Real.Zip(field.Imaginary, (re, im) => new Complex(re, im).Magnitude)];
}
