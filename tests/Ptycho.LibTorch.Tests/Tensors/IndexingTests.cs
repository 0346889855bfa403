using static TorchSharp.torch;
using static TorchSharp.torch.TensorIndex;

namespace Ptycho.LibTorch.Tests.Tensors;

public class IndexingTests : TorchTest
{
    // [2, 3, 4], element (i, j, k) = 100 i + 10 j + k
    private static Tensor Box() => arange(2).reshape(2, 1, 1) * 100 + arange(3).reshape(3, 1) * 10 + arange(4);

    [Test]
    public void NumbersSelect()
    {
        var x = Box();
        Assert.That(x[1].shape, Is.EqualTo(new long[] { 3, 4 }));
        Assert.That(x[1, 2].data<long>().ToArray(), Is.EqualTo(new long[] { 120, 121, 122, 123 }));
        Assert.That(x[1, 2, 3].item<long>(), Is.EqualTo(123));
        Assert.That(x[-1, -1, -1].item<long>(), Is.EqualTo(123));
    }

    [Test]
    public void SlicesTakeRanges()
    {
        var x = Box();
        Assert.That(x[.., 1..3, 0].data<long>().ToArray(), Is.EqualTo(new long[] { 10, 20, 110, 120 }));
        Assert.That(x[0, 0, Slice(1, 4, 2)].data<long>().ToArray(), Is.EqualTo(new long[] { 1, 3 }));
        Assert.That(x[0, 0, Slice(start: 2)].data<long>().ToArray(), Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(x[0, 0, Slice(stop: -1)].data<long>().ToArray(), Is.EqualTo(new long[] { 0, 1, 2 }));
        Assert.That(x[0, 0, ^2..].data<long>().ToArray(), Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(x[0, 0, ^1].item<long>(), Is.EqualTo(3));
        Assert.That(x[Colon, 0, Slice((1, 3))].data<long>().ToArray(), Is.EqualTo(new long[] { 1, 2, 101, 102 }));
    }

    [Test]
    public void EllipsisStandsForTheRest()
    {
        var x = Box();
        Assert.That(x[Ellipsis, 3].data<long>().ToArray(), Is.EqualTo(new long[] { 3, 13, 23, 103, 113, 123 }));
        Assert.That(x[1, Ellipsis, 0].data<long>().ToArray(), Is.EqualTo(new long[] { 100, 110, 120 }));
        Assert.That(x[1, Ellipsis].shape, Is.EqualTo(new long[] { 3, 4 }));
    }

    [Test]
    public void NoneAddsADimension()
    {
        var x = Box();
        Assert.That(x[None].shape, Is.EqualTo(new long[] { 1, 2, 3, 4 }));
        Assert.That(x[Ellipsis, None].shape, Is.EqualTo(new long[] { 2, 3, 4, 1 }));
        Assert.That(x[.., None, 0].shape, Is.EqualTo(new long[] { 2, 1, 4 }));
        Assert.That(x[0, None, Ellipsis, 1, None].shape, Is.EqualTo(new long[] { 1, 3, 1 }));
    }

    [Test]
    public void TensorsGather()
    {
        var x = Box();
        var rows = tensor(new long[] { 2, 0 });
        Assert.That(x[0, TensorIndex.Tensor(rows), 1].data<long>().ToArray(), Is.EqualTo(new long[] { 21, 1 }));
        Assert.That(x[Ellipsis, TensorIndex.Tensor(rows)].shape, Is.EqualTo(new long[] { 2, 3, 2 }));
        var diagonal = x[1][rows, rows];
        Assert.That(diagonal.data<long>().ToArray(), Is.EqualTo(new long[] { 122, 100 }));
        Assert.That(x.index_select(1, rows)[0, 0, 0].item<long>(), Is.EqualTo(20));
    }

    [Test]
    public void MasksSelect()
    {
        var x = Box();
        Assert.That(x[x > 121].data<long>().ToArray(), Is.EqualTo(new long[] { 122, 123 }));
        Assert.That(x.masked_select(x < 2).data<long>().ToArray(), Is.EqualTo(new long[] { 0, 1 }));
        var mask = tensor(new[] { true, false, true });
        Assert.That(x[0, TensorIndex.Tensor(mask)].shape, Is.EqualTo(new long[] { 2, 4 }));
    }

    [Test]
    public void ViewsShareTheirData()
    {
        var x = Box();
        x[0, 1, 1..3].fill_(-1);
        Assert.That(x[0, 1].data<long>().ToArray(), Is.EqualTo(new long[] { 10, -1, -1, 13 }));
    }

    [Test]
    public void OutOfRangeIsAnException()
    {
        var x = Box();
        Assert.That(() => x[2], Throws.Exception);
        Assert.That(() => x[0, 3], Throws.Exception);
        Assert.That(() => x[0, 0, 0, 0], Throws.Exception);
    }
}
