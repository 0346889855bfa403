using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Fourier;

public class FftTests : TorchTest
{
    [TestCase(4, 4)]
    [TestCase(5, 6)]
    [TestCase(1, 7)]
    public void Fft2IsTheDefinition(int rows, int columns)
    {
        var x = Values.NormalComplex(1, rows, columns);
        var expected = Transform(Values.OfComplex(x), rows, columns, -1);
        var found = Values.OfComplex(fft.fft2(x));
        for (var i = 0; i < found.Length; i++)
            Assert.That((found[i] - expected[i]).Magnitude, Is.LessThan(1e-11));
    }

    [TestCase(FFTNormType.Backward, 1, 24)]
    [TestCase(FFTNormType.Forward, 24, 1)]
    [TestCase(FFTNormType.Ortho, 4.898979485566356, 4.898979485566356)]
    public void NormsScaleEitherWay(FFTNormType norm, double forward, double inverse)
    {
        var x = Values.NormalComplex(2, 4, 6);
        Assert.That((fft.fft2(x, norm: norm) * forward - fft.fft2(x)).abs().max().item<double>(), Is.LessThan(1e-12));
        var sum = fft.ifft2(x, norm: norm)[0, 0] * inverse - x.sum();
        Assert.That(sum.abs().item<double>(), Is.LessThan(1e-12));
        var again = fft.ifft2(fft.fft2(x, norm: norm), norm: norm);
        Assert.That((again - x).abs().max().item<double>(), Is.LessThan(1e-12));
    }

    [Test]
    public void OrthonormalTransformsAreAdjoint()
    {
        var x = Values.NormalComplex(3, 2, 5, 6);
        var y = Values.NormalComplex(4, 2, 5, 6);
        var left = (fft.fft2(x, norm: FFTNormType.Ortho) * y.conj()).sum();
        var right = (x * fft.ifft2(y, norm: FFTNormType.Ortho).conj()).sum();
        Assert.That((left - right).abs().item<double>(), Is.LessThan(1e-11));
    }

    [Test]
    public void BatchesAreTransformedOneByOne()
    {
        var x = Values.NormalComplex(5, 3, 4, 4);
        Assert.That((fft.fft2(x)[1] - fft.fft2(x[1])).abs().max().item<double>(), Is.LessThan(1e-12));
        var first = fft.fft2(x, dim: [0, 1]);
        Assert.That((first[.., .., 2] - fft.fft2(x[.., .., 2])).abs().max().item<double>(), Is.LessThan(1e-12));
    }

    [Test]
    public void RealTransformsKeepHalf()
    {
        var x = Values.Normal(6, 4, 6);
        var half = fft.rfft2(x);
        Assert.That(half.shape, Is.EqualTo(new long[] { 4, 4 }));
        Assert.That((half - fft.fft2(x)[.., ..4]).abs().max().item<double>(), Is.LessThan(1e-12));
        Assert.That((fft.irfft2(half, [4, 6]) - x).abs().max().item<double>(), Is.LessThan(1e-12));
    }

    [Test]
    public void ShiftsMoveZeroToTheMiddleAndBack()
    {
        Assert.That(Values.Of(fft.fftshift(arange(5))), Is.EqualTo(new double[] { 3, 4, 0, 1, 2 }));
        Assert.That(Values.Of(fft.ifftshift(fft.fftshift(arange(5)))), Is.EqualTo(new double[] { 0, 1, 2, 3, 4 }));
        Assert.That(Values.Of(fft.fftfreq(4, .5)), Is.EqualTo(new[] { 0, .5, -1, -.5 }));
    }

    [Test]
    public void OneDimensionAgreesWithTwo()
    {
        var x = Values.NormalComplex(7, 4, 6);
        var inSteps = fft.fft_(fft.fft_(x, dim: 0), dim: 1);
        Assert.That((inSteps - fft.fft2(x)).abs().max().item<double>(), Is.LessThan(1e-12));
        Assert.That((fft.ifft(fft.fft_(x)) - x).abs().max().item<double>(), Is.LessThan(1e-12));
    }

    private static Complex[] Transform(Complex[] x, int rows, int columns, int sign)
    {
        var result = new Complex[x.Length];
        for (var u = 0; u < rows; u++)
        for (var v = 0; v < columns; v++)
        for (var r = 0; r < rows; r++)
        for (var c = 0; c < columns; c++)
        {
            var turns = (double)u * r / rows + (double)v * c / columns;
            result[u * columns + v] += x[r * columns + c] * Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * turns);
        }
        return result;
    }
}
