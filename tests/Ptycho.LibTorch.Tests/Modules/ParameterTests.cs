using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Modules;

public class ParameterTests : TorchTest
{
    [Test]
    public void WantsGradientsUnlessSaid()
    {
        Assert.That(nn.Parameter(ones(2)).requires_grad, Is.True);
        Assert.That(nn.Parameter(ones(2), requires_grad: false).requires_grad, Is.False);
        Assert.That(nn.Parameter(ones(2)).is_leaf, Is.True);
    }

    [Test]
    public void InitialisersFillWithoutGradients()
    {
        var p = nn.Parameter(empty(1000));
        nn.init.zeros_(p);
        Assert.That(Values.Of(p), Is.All.Zero);
        nn.init.constant_(p, 3);
        Assert.That(Values.Of(p), Is.All.EqualTo(3));
        nn.init.uniform_(p, -1, 1);
        Assert.That(Values.Of(p).Max(), Is.InRange(.9, 1));
        nn.init.normal_(p, 5, .1);
        Assert.That(Values.Of(p).Average(), Is.EqualTo(5).Within(.02));
        Assert.That(p.requires_grad, Is.True);
        Assert.That(p.is_leaf, Is.True);
    }

    [Test]
    public void ClippingScalesAllGradientsTogether()
    {
        var (a, b) = (nn.Parameter(zeros(1)), nn.Parameter(zeros(1)));
        (3 * a + 4 * b).sum().backward();
        Assert.That(nn.utils.clip_grad_norm_([a, b], 1), Is.EqualTo(5).Within(1e-5));
        Assert.That(a.grad!.item<float>(), Is.EqualTo(.6).Within(1e-5));
        Assert.That(b.grad!.item<float>(), Is.EqualTo(.8).Within(1e-5));
        Assert.That(nn.utils.clip_grad_norm_([a, b], 10), Is.EqualTo(1).Within(1e-5));
        Assert.That(b.grad!.item<float>(), Is.EqualTo(.8).Within(1e-5));
    }
}
