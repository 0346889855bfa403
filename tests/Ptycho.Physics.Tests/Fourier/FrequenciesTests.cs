using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.Tests.Fourier;

public class FrequenciesTests
{
    [TestCase(1, new[] { 0 })]
    [TestCase(2, new[] { 0, -1 })]
    [TestCase(5, new[] { 0, 1, 2, -2, -1 })]
    [TestCase(6, new[] { 0, 1, 2, -3, -2, -1 })]
    public void SignedFrequenciesAreInTheTransformsOrder(int length, int[] expected) =>
        Assert.That(Enumerable.Range(0, length).Select(i => Frequencies.Signed(i, length)), Is.EqualTo(expected));

    [Test]
    public void BothPlanesAreMeasured()
    {
        var fft = new Fft2D(4, 8);
        Assert.That(() => fft.Forward(new float[32], new float[31]), Throws.ArgumentException);
        Assert.That(() => fft.Inverse(new float[33], new float[32]), Throws.ArgumentException);
    }
}
