using System.Numerics;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Autograd;

/// <summary>A real loss L of z = x + iy has the gradient ∂L/∂x + i ∂L/∂y = 2 ∂L/∂z̄.</summary>
public class ComplexGradientTests : TorchTest
{
    private static readonly Complex[] Z = [new(3, 4), new(-1, 2), new(.5, -2)];
    private static readonly Complex A = new(.7, -1.3);

    public static IEnumerable<TestCaseData> Losses() =>
        [
            Case("|z|²", z => (z * z.conj()).real.sum(), z => 2 * z),
            Case("|z|", z => z.abs().sum(), z => z / z.Magnitude),
            Case("|z|⁴ by the modulus", z => z.abs().pow(4).sum(), z => 4 * z * Square(z)),
            Case("arg z", z => z.angle().sum(), z => Complex.ImaginaryOne * z / Square(z)),
            Case("Re z²", z => (z * z).real.sum(), z => 2 * Complex.Conjugate(z)),
            Case("Im z²", z => (z * z).imag.sum(), z => 2 * Complex.ImaginaryOne * Complex.Conjugate(z)),
            Case("Re āz", z => (z * Values.Complexes(A).conj()).real.sum(), _ => A),
            Case("|z − a|²", z => (z - Values.Complexes(A)).abs().square().sum(), z => 2 * (z - A)),
            Case("Re exp z", z => z.exp().real.sum(), z => Complex.Conjugate(Complex.Exp(z))),
            Case("pairs", z => z.view_as_real().square().sum(), z => 2 * z),
        ];

    [TestCaseSource(nameof(Losses))]
    public void AgreesWithItsClosedForm(Func<Tensor, Tensor> loss, Func<Complex, Complex> gradient)
    {
        var z = Values.Complexes(Z).requires_grad_();
        loss(z).backward();
        var found = Values.OfComplex(z.grad!);
        for (var i = 0; i < Z.Length; i++)
            Assert.That((found[i] - gradient(Z[i])).Magnitude, Is.LessThan(1e-12 * (1 + found[i].Magnitude)));
    }

    [Test]
    public void ModulusHasZeroGradientAtZero()
    {
        var z = Values.Complexes(Complex.Zero).requires_grad_();
        z.abs().sum().backward();
        Assert.That(Values.OfComplex(z.grad!)[0], Is.EqualTo(Complex.Zero));
    }

    [Test]
    public void TransformsCarryGradientsByTheirAdjoint()
    {
        var z = Values.NormalComplex(1, 4, 6).requires_grad_();
        var weights = Values.Normal(2, 4, 6).square();
        var far = fft.fft2(z, norm: TorchSharp.FFTNormType.Ortho);
        (weights * far.abs().square()).sum().backward();
        // L = Σ w |Fz|²  →  2 Fᴴ w F z
        var expected = fft.ifft2(far * weights, norm: TorchSharp.FFTNormType.Ortho) * 2;
        Assert.That((z.grad! - expected).abs().max().item<double>(), Is.LessThan(1e-12));
    }

    [Test]
    public void RealInputsOfComplexFunctionsHaveRealGradients()
    {
        var modulus = Values.Normal(3, 5).abs().requires_grad_();
        var phase = Values.Normal(4, 5).requires_grad_();
        (polar(modulus, phase) - 1).abs().square().sum().backward();
        // |r e^{iφ} − 1|² = r² − 2 r cos φ + 1
        Assert.That(allclose(modulus.grad!, 2 * modulus - 2 * phase.cos()), Is.True);
        Assert.That(allclose(phase.grad!, 2 * modulus * phase.sin()), Is.True);
        Assert.That(modulus.grad!.dtype, Is.EqualTo(ScalarType.Float64));
    }

    private static double Square(Complex z) => z.Real * z.Real + z.Imaginary * z.Imaginary;

    private static TestCaseData Case(string name, Func<Tensor, Tensor> loss, Func<Complex, Complex> gradient) =>
        new TestCaseData(loss, gradient).SetArgDisplayNames(name);
}
