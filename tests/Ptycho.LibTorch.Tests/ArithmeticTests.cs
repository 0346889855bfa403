using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests;

public class ArithmeticTests
{
    [Test]
    public void BroadcastsRowsAgainstColumns()
    {
        using var scope = NewDisposeScope();
        var column = tensor(new float[] { 1, 2 }).reshape(2, 1);
        var row = tensor(new float[] { 10, 20, 30 });
        var sum = column + row;
        Assert.That(sum.shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(sum.data<float>().ToArray(), Is.EqualTo(new float[] { 11, 21, 31, 12, 22, 32 }));
    }

    [Test]
    public void NumbersOnEitherSide()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[] { 2, 4 });
        Assert.That((1 - x).data<double>().ToArray(), Is.EqualTo(new double[] { -1, -3 }));
        Assert.That((8.0 / x).data<double>().ToArray(), Is.EqualTo(new double[] { 4, 2 }));
        Assert.That((x * 3 + 1f).data<double>().ToArray(), Is.EqualTo(new double[] { 7, 13 }));
    }

    [Test]
    public void InPlaceWorkChangesTheTensorItself()
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        x.add_(tensor(new float[] { 1, 2, 3 }), 2).mul_(2);
        Assert.That(x.data<float>().ToArray(), Is.EqualTo(new float[] { 6, 10, 14 }));
    }

    [Test]
    public void ComplexAbsHasZeroGradientAtZero()
    {
        using var scope = NewDisposeScope();
        var z = tensor(new[] { new Complex(3, 4), Complex.Zero }).requires_grad_();
        z.abs().sum().backward();
        var grad = z.grad!.data<Complex>().ToArray();
        Assert.That(grad[0].Real, Is.EqualTo(.6).Within(1e-12));
        Assert.That(grad[0].Imaginary, Is.EqualTo(.8).Within(1e-12));
        Assert.That(grad[1], Is.EqualTo(Complex.Zero));
    }

    [Test]
    public void ShapeErrorIsAnExceptionWithTheShapes() =>
        Assert.That(
            () =>
            {
                using var scope = NewDisposeScope();
                return (ones(3) + ones(4)).shape;
            },
            Throws.TypeOf<ExternalException>().With.Message.Contains("size")
        );
}
