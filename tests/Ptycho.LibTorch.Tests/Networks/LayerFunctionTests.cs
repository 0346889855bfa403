using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Networks;

public class LayerFunctionTests : TorchTest
{
    [Test]
    public void LinearMultipliesByTheTransposedWeight()
    {
        var (x, weight, bias) = (Values.Normal(1, 3, 4), Values.Normal(2, 5, 4), Values.Normal(3, 5));
        Assert.That(allclose(nn.functional.linear(x, weight, bias), x.matmul(weight.t()) + bias), Is.True);
        using var module = nn.Linear(4, 5, dtype: ScalarType.Float64);
        Assert.That(allclose(module.call(x), nn.functional.linear(x, module.weight, module.bias)), Is.True);
    }

    [Test]
    public void NearestNeighboursRepeat()
    {
        var x = arange(4).to_type(ScalarType.Float64).reshape(1, 1, 2, 2);
        var grown = nn.functional.interpolate(x, scale_factor: [2, 2]);
        Assert.That(allclose(grown, x.repeat_interleave(2, 2).repeat_interleave(2, 3)), Is.True);
        Assert.That(nn.functional.interpolate(x, size: [4, 6]).shape, Is.EqualTo(new long[] { 1, 1, 4, 6 }));
        var corners = nn.functional.interpolate(x, [3, 3], mode: InterpolationMode.Bilinear, align_corners: true);
        Assert.That(Values.Of(corners), Is.EqualTo(new[] { 0, .5, 1, 1, 1.5, 2, 2, 2.5, 3 }).Within(1e-12));
    }

    [Test]
    public void PoolsByAveraging()
    {
        var x = arange(16).to_type(ScalarType.Float64).reshape(1, 1, 4, 4);
        Assert.That(Values.Of(nn.functional.avg_pool2d(x, 2)), Is.EqualTo(new double[] { 2.5, 4.5, 10.5, 12.5 }));
    }

    [Test]
    public void PadsFromTheLastDimension()
    {
        var x = ones(1, 1, 2, 3);
        Assert.That(nn.functional.pad(x, [1, 2, 3, 4]).shape, Is.EqualTo(new long[] { 1, 1, 9, 6 }));
        Assert.That(nn.functional.pad(x, [1, 0, 0, 0], value: 5)[0, 0, 0, 0].item<float>(), Is.EqualTo(5));
        var line = arange(3).to_type(ScalarType.Float64).reshape(1, 1, 1, 3);
        var mirrored = nn.functional.pad(line, [2, 1, 0, 0], PaddingModes.Reflect);
        Assert.That(Values.Of(mirrored), Is.EqualTo(new double[] { 2, 1, 0, 1, 2, 1 }));
    }

    [Test]
    public void ShufflesPixelsBothWays()
    {
        var x = Values.Normal(4, 1, 8, 3, 3);
        var large = nn.functional.pixel_shuffle(x, 2);
        Assert.That(large.shape, Is.EqualTo(new long[] { 1, 2, 6, 6 }));
        Assert.That(nn.functional.pixel_unshuffle(large, 2).Equals(x), Is.True);
    }

    [Test]
    public void LossesReduce()
    {
        var (x, y) = (tensor(new double[] { 1, 2, 4 }), tensor(new double[] { 1, 0, 0 }));
        Assert.That(nn.functional.mse_loss(x, y).item<double>(), Is.EqualTo(20.0 / 3).Within(1e-12));
        Assert.That(nn.functional.mse_loss(x, y, nn.Reduction.Sum).item<double>(), Is.EqualTo(20));
        Assert.That(nn.functional.l1_loss(x, y).item<double>(), Is.EqualTo(2));
        Assert.That(Values.Of(nn.functional.huber_loss(x, y, 1, nn.Reduction.None)), Is.EqualTo(new[] { 0, 1.5, 3.5 }));
    }

    [Test]
    public void ActivationsAgreeWithTheirFormulas()
    {
        var x = Values.Normal(5, 9);
        Assert.That(allclose(nn.functional.silu(x), x * sigmoid(x)), Is.True);
        Assert.That(allclose(nn.functional.relu(x), x.clamp(min: 0)), Is.True);
        Assert.That(allclose(nn.functional.softplus(x), (1 + x.exp()).log()), Is.True);
    }

    [Test]
    public void DropoutScalesWhatItKeeps()
    {
        var x = ones(10_000);
        Assert.That(nn.functional.dropout(x, .25, training: false).Equals(x), Is.True);
        var dropped = nn.functional.dropout(x, .25);
        var kept = Values.Of(dropped).Where(v => v != 0).ToArray();
        Assert.That(kept, Is.All.EqualTo(1 / .75).Within(1e-6));
        Assert.That(kept, Has.Length.InRange(7200, 7800));
    }
}
