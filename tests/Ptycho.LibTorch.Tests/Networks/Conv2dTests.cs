using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Networks;

public class Conv2dTests : TorchTest
{
    [TestCase(1, 1, 1, 1)]
    [TestCase(2, 1, 1, 1)]
    [TestCase(1, 0, 2, 1)]
    [TestCase(2, 2, 2, 2)]
    [TestCase(1, 1, 1, 2)]
    public void AgreesWithANaiveLoop(int stride, int padding, int dilation, int groups)
    {
        var naive = new NaiveConvolution(stride, padding, dilation, groups);
        var x = Values.Normal(1, 2, 4, 7, 8).requires_grad_();
        var weight = Values.Normal(2, 6, 4 / groups, 3, 3).requires_grad_();
        var bias = Values.Normal(3, 6).requires_grad_();
        var y = nn.functional.conv2d(
            x,
            weight,
            bias,
            [stride, stride],
            [padding, padding],
            [dilation, dilation],
            groups
        );
        var (xs, ws) = (NaiveConvolution.Array4(x), NaiveConvolution.Array4(weight));
        Assert.That(NaiveConvolution.Array4(y), Is.EqualTo(naive.Apply(xs, ws, Values.Of(bias))).Within(1e-11));

        var outer = Values.Normal(4, y.shape);
        (outer * y).sum().backward();
        var (dx, dw) = naive.Gradients(xs, ws, NaiveConvolution.Array4(outer));
        Assert.That(NaiveConvolution.Array4(x.grad!), Is.EqualTo(dx).Within(1e-11));
        Assert.That(NaiveConvolution.Array4(weight.grad!), Is.EqualTo(dw).Within(1e-11));
        Assert.That(allclose(bias.grad!, outer.sum([0, 2, 3])), Is.True);
    }

    [Test]
    public void SinglePrecisionAgreesWithDouble()
    {
        var (x, weight) = (Values.Normal(5, 1, 16, 12, 12), Values.Normal(6, 8, 16, 3, 3));
        var exact = nn.functional.conv2d(x, weight, padding: [1, 1]);
        var single = nn.functional.conv2d(x.@float(), weight.@float(), padding: [1, 1]);
        Assert.That((single.@double() - exact).abs().max().item<double>(), Is.LessThan(1e-4));
    }

    [Test]
    public void TransposedConvolutionIsTheAdjoint()
    {
        var x = Values.Normal(7, 1, 3, 8, 8);
        var weight = Values.Normal(8, 5, 3, 4, 4);
        var y = Values.Normal(9, 1, 5, 4, 4);
        var forward = (nn.functional.conv2d(x, weight, strides: [2, 2], padding: [1, 1]) * y).sum();
        var back = (nn.functional.conv_transpose2d(y, weight, strides: [2, 2], padding: [1, 1]) * x).sum();
        Assert.That((forward - back).abs().item<double>(), Is.LessThan(1e-10));
    }

    [Test]
    public void TheModuleConvolvesWithItsParameters()
    {
        using var module = nn.Conv2d(2, 3, 3, padding: 1, stride: 2, dtype: ScalarType.Float64);
        Assert.That(module.weight.shape, Is.EqualTo(new long[] { 3, 2, 3, 3 }));
        var x = Values.Normal(10, 1, 2, 6, 6);
        var expected = nn.functional.conv2d(x, module.weight, module.bias, [2, 2], [1, 1]);
        Assert.That(allclose(module.call(x), expected), Is.True);
        // U(−1/√fan_in, 1/√fan_in)
        Assert.That(module.weight.abs().max().item<double>(), Is.LessThan(1 / Math.Sqrt(18)).And.GreaterThan(.1));
    }
}
