using static TorchSharp.torch;
using static TorchSharp.torch.TensorIndex;

namespace Ptycho.LibTorch.Tests.Tensors;

public class IndexAssignmentTests : TorchTest
{
    [Test]
    public void AssignsAnElement()
    {
        var x = zeros(2, 2);
        x[1, 0] = tensor(3f);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 0, 0, 3, 0 }));
        x[0] = tensor(new[] { 1f, 2f });
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 1, 2, 3, 0 }));
    }

    [Test]
    public void AssignsASliceAndBroadcasts()
    {
        var x = zeros(3, 3);
        x[1.., ..2] = tensor(new[] { 1f, 2f });
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 0, 0, 0, 1, 2, 0, 1, 2, 0 }));
        x[Ellipsis, 2] = tensor(9f);
        Assert.That(Values.Of(x[.., 2]), Is.EqualTo(new double[] { 9, 9, 9 }));
    }

    [Test]
    public void AssignsThroughIndicesAndMasks()
    {
        var x = zeros(4);
        x[tensor(new long[] { 3, 1 })] = tensor(new[] { 30f, 10f });
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 0, 10, 0, 30 }));
        x[x == 0] = tensor(-1f);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { -1, 10, -1, 30 }));
        var grid = zeros(2, 3);
        grid[.., TensorIndex.Tensor(tensor(new long[] { 0, 2 }))] = tensor(5f);
        Assert.That(Values.Of(grid), Is.EqualTo(new double[] { 5, 0, 5, 5, 0, 5 }));
    }

    [Test]
    public void AddsAtIndices()
    {
        var x = zeros(4);
        x.index_add_(0, tensor(new long[] { 1, 1, 3 }), ones(3), 2);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 0, 4, 0, 2 }));
        x.index_fill_(0, tensor(new long[] { 0 }), 7);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 7, 4, 0, 2 }));
        x.index_copy_(0, tensor(new long[] { 2 }), tensor(new[] { 8f }));
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 7, 4, 8, 2 }));
    }

    [Test]
    public void GathersAndScatters()
    {
        var x = tensor(new double[] { 1, 2, 3, 4 }).reshape(2, 2);
        var index = tensor(new long[] { 1, 0 }).reshape(2, 1);
        Assert.That(Values.Of(gather(x, 1, index)), Is.EqualTo(new double[] { 2, 3 }));
        var target = zeros(2, 2, ScalarType.Float64);
        target.scatter_(1, index, tensor(new double[] { 5, 6 }).reshape(2, 1));
        Assert.That(Values.Of(target), Is.EqualTo(new double[] { 0, 5, 6, 0 }));
        target.scatter_add_(1, index, ones(2, 1, ScalarType.Float64));
        Assert.That(Values.Of(target), Is.EqualTo(new double[] { 0, 6, 7, 0 }));
        Assert.That(Values.Of(take(x, tensor(new long[] { 3, 0 }))), Is.EqualTo(new double[] { 4, 1 }));
    }

    [Test]
    public void FillsWhereMasked()
    {
        var x = tensor(new double[] { 1, -2, 3 });
        Assert.That(Values.Of(x.masked_fill(x < 0, 0)), Is.EqualTo(new double[] { 1, 0, 3 }));
        x.masked_fill_(x > 2, 2);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 1, -2, 2 }));
    }

    [Test]
    public void AssignmentCarriesGradients()
    {
        var source = tensor(new double[] { 1, 2 }, requires_grad: true);
        var x = zeros(4, ScalarType.Float64);
        x[1..3] = source * 3;
        x.square().sum().backward();
        Assert.That(Values.Of(source.grad!), Is.EqualTo(new double[] { 18, 36 }));
    }
}
