using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Tensors;

public class ShapeTests : TorchTest
{
    private static Tensor Grid() => arange(6).reshape(2, 3);

    [Test]
    public void JoinsAlongADimension()
    {
        var x = Grid();
        Assert.That(cat([x, x], 1).shape, Is.EqualTo(new long[] { 2, 6 }));
        Assert.That(cat([x, x + 10])[2, 0].item<long>(), Is.EqualTo(10));
        Assert.That(stack([x, x], 2).shape, Is.EqualTo(new long[] { 2, 3, 2 }));
        Assert.That(stack([x[0], x[1]]).Equals(x), Is.True);
    }

    [Test]
    public void SplitsAlongADimension()
    {
        var x = Grid();
        var parts = x.split([1, 2], 1);
        Assert.That(parts.Select(p => p.shape[1]), Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(x.split(2, 1).Select(p => p.shape[1]), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(chunk(x, 2, 1).Select(p => p.shape[1]), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(x.unbind(1).Select(p => p[1].item<long>()), Is.EqualTo(new long[] { 3, 4, 5 }));
        parts[1].zero_();
        Assert.That(x.data<long>().ToArray(), Is.EqualTo(new long[] { 0, 0, 0, 3, 0, 0 }));
    }

    [Test]
    public void TurnsAndMoves()
    {
        var x = Grid();
        Assert.That(x.t().contiguous().data<long>().ToArray(), Is.EqualTo(new long[] { 0, 3, 1, 4, 2, 5 }));
        Assert.That(x.t().data<long>().ToArray(), Is.EqualTo(new long[] { 0, 3, 1, 4, 2, 5 }));
        Assert.That(x.unsqueeze(0).permute(2, 0, 1).shape, Is.EqualTo(new long[] { 3, 1, 2 }));
        Assert.That(flip(x, 1).data<long>().ToArray(), Is.EqualTo(new long[] { 2, 1, 0, 5, 4, 3 }));
        Assert.That(roll(x, 1, 1).data<long>().ToArray(), Is.EqualTo(new long[] { 2, 0, 1, 5, 3, 4 }));
        Assert.That(x.rot90().shape, Is.EqualTo(new long[] { 3, 2 }));
        Assert.That(x.transpose(0, 1).is_contiguous(), Is.False);
    }

    [Test]
    public void GrowsAndRepeats()
    {
        var x = arange(3);
        Assert.That(x.expand(2, 3).shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(x.expand(2, 3).stride(), Is.EqualTo(new long[] { 0, 1 }));
        Assert.That(x.repeat(2).data<long>().ToArray(), Is.EqualTo(new long[] { 0, 1, 2, 0, 1, 2 }));
        Assert.That(x.repeat_interleave(2).data<long>().ToArray(), Is.EqualTo(new long[] { 0, 0, 1, 1, 2, 2 }));
        Assert.That(Grid().flatten().shape, Is.EqualTo(new long[] { 6 }));
        Assert.That(Grid().reshape(-1, 2).shape, Is.EqualTo(new long[] { 3, 2 }));
        Assert.That(x.unsqueeze(-1).squeeze().shape, Is.EqualTo(new long[] { 3 }));
    }

    [Test]
    public void CutsTrianglesAndDiagonals()
    {
        var x = arange(4).reshape(2, 2);
        Assert.That(x.tril().data<long>().ToArray(), Is.EqualTo(new long[] { 0, 0, 2, 3 }));
        Assert.That(x.triu(1).data<long>().ToArray(), Is.EqualTo(new long[] { 0, 1, 0, 0 }));
        Assert.That(x.diagonal().data<long>().ToArray(), Is.EqualTo(new long[] { 0, 3 }));
        Assert.That(Grid().narrow(1, 1, 2).shape, Is.EqualTo(new long[] { 2, 2 }));
        Assert.That(
            meshgrid([arange(2), arange(3)])[0].data<long>().ToArray(),
            Is.EqualTo(new long[] { 0, 0, 0, 1, 1, 1 })
        );
    }

    [Test]
    public void AccessorsFollowTheShape()
    {
        var view = arange(6).to_type(ScalarType.Float64).reshape(2, 3).t();
        using var values = view.data<double>();
        Assert.That(values.Count, Is.EqualTo(6));
        Assert.That(values[2, 1], Is.EqualTo(5));
        values[0, 0] = 9;
        Assert.That(view[0, 0].item<double>(), Is.EqualTo(9));
    }

    [Test]
    public void FactoriesFill()
    {
        Assert.That(Values.Of(linspace(0, 1, 3)), Is.EqualTo(new double[] { 0, .5, 1 }));
        Assert.That(Values.Of(eye(2)), Is.EqualTo(new double[] { 1, 0, 0, 1 }));
        Assert.That(Values.Of(full(2, 2, 7)), Is.EqualTo(new double[] { 7, 7, 7, 7 }));
        Assert.That(Values.Of(arange(1, 2, .5)), Is.EqualTo(new double[] { 1, 1.5 }));
        Assert.That(Values.Of(tensor(new double[] { 1, 2, 3, 4 }, [2, 2])[1]), Is.EqualTo(new double[] { 3, 4 }));
        Assert.That(zeros_like(Grid()).dtype, Is.EqualTo(ScalarType.Int64));
    }
}
