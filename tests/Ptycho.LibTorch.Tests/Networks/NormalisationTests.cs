using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Networks;

public class NormalisationTests : TorchTest
{
    [Test]
    public void GroupNormStandardisesEachGroup()
    {
        var x = Values.Normal(1, 2, 6, 4, 5);
        var (scale, shift) = (Values.Normal(2, 6), Values.Normal(3, 6));
        var groups = x.reshape(2, 3, -1);
        var mean = groups.mean([2], keepdim: true);
        var variance = groups.var([2], unbiased: false, keepdim: true);
        var standard = ((groups - mean) / (variance + 1e-5).sqrt()).reshape(2, 6, 4, 5);
        var expected = standard * scale.reshape(1, 6, 1, 1) + shift.reshape(1, 6, 1, 1);
        Assert.That(allclose(nn.functional.group_norm(x, 3, scale, shift), expected), Is.True);
        Assert.That(allclose(nn.functional.group_norm(x, 3), standard), Is.True);
    }

    [Test]
    public void GroupNormHasTheGradientOfItsFormula()
    {
        var x = Values.Normal(4, 1, 4, 3, 3).requires_grad_();
        var outer = Values.Normal(5, 1, 4, 3, 3);
        (nn.functional.group_norm(x, 2) * outer).sum().backward();
        var copy = x.detach().requires_grad_();
        var groups = copy.reshape(2, -1);
        var centred = groups - groups.mean([1], keepdim: true);
        var standard = centred / (centred.square().mean([1], keepdim: true) + 1e-5).sqrt();
        (standard.reshape(1, 4, 3, 3) * outer).sum().backward();
        Assert.That(allclose(x.grad!, copy.grad!, 1e-8, 1e-10), Is.True);
    }

    [Test]
    public void TheModuleUsesWhatItsParametersHold()
    {
        using var module = nn.GroupNorm(2, 4, dtype: ScalarType.Float64);
        using (no_grad())
        {
            module.weight.fill_(2);
            module.bias!.fill_(-1);
        }
        var x = Values.Normal(6, 2, 4, 3, 3);
        Assert.That(allclose(module.call(x), nn.functional.group_norm(x, 2) * 2 - 1), Is.True);
    }

    [Test]
    public void LayerNormStandardisesTheLastDimensions()
    {
        var x = Values.Normal(7, 3, 5);
        var centred = x - x.mean([1], keepdim: true);
        var expected = centred / (centred.square().mean([1], keepdim: true) + 1e-5).sqrt();
        Assert.That(allclose(nn.functional.layer_norm(x, [5]), expected), Is.True);
    }

    [Test]
    public void SoftmaxSumsToOne()
    {
        var x = Values.Normal(8, 3, 5);
        var p = nn.functional.softmax(x, 1);
        Assert.That(allclose(p, x.exp() / x.exp().sum(1, keepdim: true)), Is.True);
        Assert.That(allclose(softmax(x, -1), p), Is.True);
        Assert.That(Values.Of(nn.functional.softmax(x * 1000, 1).sum(1)), Is.All.EqualTo(1).Within(1e-12));
    }
}
