using System.Numerics;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Tensors;

public class ComplexTests : TorchTest
{
    private static readonly Complex[] Z = [new(3, 4), new(-1, 2), new(0, -2)];
    private static readonly Complex[] W = [new(1, -1), new(.5, 0), new(-2, 3)];

    [Test]
    public void MultipliesAndDivides()
    {
        Assert.That(Values.OfComplex(Values.Complexes(Z) * Values.Complexes(W)), Is.EqualTo(Z.Zip(W, (z, w) => z * w)));
        var quotient = Values.OfComplex(Values.Complexes(Z) / Values.Complexes(W));
        for (var i = 0; i < Z.Length; i++)
            Assert.That((quotient[i] - Z[i] / W[i]).Magnitude, Is.LessThan(1e-12));
    }

    [Test]
    public void TakesApartAndPutsTogether()
    {
        var z = Values.Complexes(Z);
        Assert.That(Values.Of(z.real), Is.EqualTo(Z.Select(c => c.Real)));
        Assert.That(Values.Of(imag(z)), Is.EqualTo(Z.Select(c => c.Imaginary)));
        Assert.That(Values.Of(abs(z)), Is.EqualTo(Z.Select(c => c.Magnitude)).Within(1e-12));
        Assert.That(Values.Of(angle(z)), Is.EqualTo(Z.Select(c => c.Phase)).Within(1e-12));
        Assert.That(Values.OfComplex(complex(z.real, z.imag)), Is.EqualTo(Z));
        var again = Values.OfComplex(polar(abs(z), angle(z)));
        for (var i = 0; i < Z.Length; i++)
            Assert.That((again[i] - Z[i]).Magnitude, Is.LessThan(1e-12));
    }

    [Test]
    public void RealAndImaginaryPartsAreViews()
    {
        var z = Values.Complexes(Z);
        z.real.zero_();
        z.imag.mul_(2);
        Assert.That(Values.OfComplex(z), Is.EqualTo(Z.Select(c => new Complex(0, 2 * c.Imaginary))));
        view_as_real(z)[TorchSharp.torch.TensorIndex.Ellipsis, 0] = tensor(5.0);
        Assert.That(Values.Of(z.real), Is.EqualTo(new double[] { 5, 5, 5 }));
    }

    [Test]
    public void ViewsAsPairsOfNumbers()
    {
        var pairs = Values.Complexes(Z).view_as_real();
        Assert.That(pairs.shape, Is.EqualTo(new long[] { 3, 2 }));
        Assert.That(Values.Of(pairs), Is.EqualTo(Z.SelectMany(c => new[] { c.Real, c.Imaginary })));
        Assert.That(Values.OfComplex(view_as_complex(pairs)), Is.EqualTo(Z));
    }

    [Test]
    public void ConjugateIsLazyUntilResolved()
    {
        var conjugate = Values.Complexes(Z).conj();
        Assert.That(Values.OfComplex(conjugate.resolve_conj()), Is.EqualTo(Z.Select(Complex.Conjugate)));
        Assert.That(
            Values.OfComplex(Values.Complexes(Z) * conjugate).Select(c => c.Real),
            Is.EqualTo(Z.Select(Energy)).Within(1e-12)
        );
        Assert.That(Values.OfComplex(Values.Complexes(Z).conj_physical()), Is.EqualTo(Z.Select(Complex.Conjugate)));
    }

    [Test]
    public void SgnIsTheUnitPhase()
    {
        var units = Values.OfComplex(sgn(Values.Complexes(Z)));
        for (var i = 0; i < Z.Length; i++)
            Assert.That((units[i] - Z[i] / Z[i].Magnitude).Magnitude, Is.LessThan(1e-12));
    }

    [Test]
    public void KnowsWhatIsComplex()
    {
        Assert.That(is_complex(Values.Complexes(Z)), Is.True);
        Assert.That(Values.Complexes(Z).real.is_complex(), Is.False);
        Assert.That(tensor(new[] { (1f, 2f) }).dtype, Is.EqualTo(ScalarType.ComplexFloat32));
    }

    private static double Energy(Complex c) => c.Magnitude * c.Magnitude;
}
