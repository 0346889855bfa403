using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Autograd;

public class GradientTests : TorchTest
{
    [Test]
    public void GradientsAddUpUntilCleared()
    {
        var x = tensor(new double[] { 1, 2 }, requires_grad: true);
        x.square().sum().backward();
        x.square().sum().backward();
        Assert.That(Values.Of(x.grad!), Is.EqualTo(new double[] { 4, 8 }));
        x.grad = null;
        Assert.That(x.grad is null, Is.True);
    }

    [Test]
    public void GradGivesGradientsWithoutTouchingTheLeaves()
    {
        var x = tensor(new double[] { 1, 2 }, requires_grad: true);
        var y = tensor(new double[] { 3, 4 }, requires_grad: true);
        var found = autograd.grad([(x * y).sum()], [x, y]);
        Assert.That(Values.Of(found[0]), Is.EqualTo(new double[] { 3, 4 }));
        Assert.That(Values.Of(found[1]), Is.EqualTo(new double[] { 1, 2 }));
        Assert.That(x.grad is null, Is.True);
    }

    [Test]
    public void GradTakesOuterGradients()
    {
        var x = tensor(new double[] { 1, 2 }, requires_grad: true);
        var found = autograd.grad([x.square()], [x], [tensor(new double[] { 10, 100 })]);
        Assert.That(Values.Of(found[0]), Is.EqualTo(new double[] { 20, 400 }));
    }

    [Test]
    public void UnusedInputsAreAllowedWhereSaid()
    {
        var x = tensor(1.0, requires_grad: true);
        var unused = tensor(1.0, requires_grad: true);
        var found = autograd.grad([x * 2], [x, unused], allow_unused: true);
        Assert.That(found[0].item<double>(), Is.EqualTo(2));
        Assert.That(found[1] is null || found[1].IsInvalid, Is.True);
    }

    [Test]
    public void DifferentiatesTwice()
    {
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Assert.That(first.item<double>(), Is.EqualTo(12).Within(1e-12));
        Assert.That(autograd.grad([first], [x])[0].item<double>(), Is.EqualTo(12).Within(1e-12));
    }

    [Test]
    public void AGraphServesTwiceWhereKept()
    {
        var x = tensor(3.0, requires_grad: true);
        var y = x * x;
        autograd.backward([y], retain_graph: true);
        autograd.backward([y]);
        Assert.That(x.grad!.item<double>(), Is.EqualTo(12));
        Assert.That(() => y.backward(), Throws.Exception);
    }

    [Test]
    public void DetachCutsTheGraph()
    {
        var x = tensor(3.0, requires_grad: true);
        (x * x.detach()).backward();
        Assert.That(x.grad!.item<double>(), Is.EqualTo(3));
        Assert.That(x.detach().requires_grad, Is.False);
        Assert.That((x * 2).is_leaf, Is.False);
        Assert.That(x.is_leaf, Is.True);
    }

    [Test]
    public void InnerGradientsAreKeptOnRequest()
    {
        var x = tensor(3.0, requires_grad: true);
        var y = x * 2;
        y.retain_grad();
        y.square().backward();
        Assert.That(y.grad!.item<double>(), Is.EqualTo(12));
    }

    [Test]
    public void SmoothFunctionsHaveTheirDerivatives()
    {
        var x = Values.Normal(1, 7).requires_grad_();
        (x.sin() + x.exp() + x.sigmoid() + x.tanh() + x.silu()).sum().backward();
        var s = x.sigmoid();
        var expected = x.cos() + x.exp() + s * (1 - s) + (1 - x.tanh().square()) + s * (1 + x * (1 - s));
        Assert.That(allclose(x.grad!, expected), Is.True);
    }
}
