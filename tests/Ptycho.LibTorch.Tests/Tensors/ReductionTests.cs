using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Tensors;

public class ReductionTests : TorchTest
{
    // 0 1 2 / 3 4 5
    private static Tensor Grid() => arange(6).reshape(2, 3).to_type(ScalarType.Float64);

    [Test]
    public void SumsOverAllOrSome()
    {
        var x = Grid();
        Assert.That(x.sum().item<double>(), Is.EqualTo(15));
        // sum(0) would be a dtype: the literal 0 converts to any enum.
        Assert.That(Values.Of(x.sum(0L)), Is.EqualTo(new double[] { 3, 5, 7 }));
        Assert.That(Values.Of(x.sum(-1)), Is.EqualTo(new double[] { 3, 12 }));
        Assert.That(x.sum(1, keepdim: true).shape, Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(x.sum([0, 1]).item<double>(), Is.EqualTo(15));
        Assert.That(Values.Of(cumsum(x, 1)), Is.EqualTo(new double[] { 0, 1, 3, 3, 7, 12 }));
    }

    [Test]
    public void AveragesAndSpreads()
    {
        var x = Grid();
        Assert.That(x.mean().item<double>(), Is.EqualTo(2.5));
        Assert.That(Values.Of(x.mean([1])), Is.EqualTo(new double[] { 1, 4 }));
        Assert.That(x.var().item<double>(), Is.EqualTo(3.5).Within(1e-12));
        Assert.That(x.std(unbiased: false).item<double>(), Is.EqualTo(Math.Sqrt(35.0 / 12)).Within(1e-12));
        Assert.That(x.median().item<double>(), Is.EqualTo(2));
        Assert.That(quantile(x.flatten(), tensor(.9)).item<double>(), Is.EqualTo(4.5).Within(1e-12));
    }

    [Test]
    public void FindsExtremesAndTheirPlaces()
    {
        var x = Grid();
        Assert.That(x.max().item<double>(), Is.EqualTo(5));
        Assert.That(x.min().item<double>(), Is.EqualTo(0));
        Assert.That(x.argmax().item<long>(), Is.EqualTo(5));
        var (values, places) = x.max(1);
        Assert.That(Values.Of(values), Is.EqualTo(new double[] { 2, 5 }));
        Assert.That(places.data<long>().ToArray(), Is.EqualTo(new long[] { 2, 2 }));
        Assert.That(Values.Of(x.amax([0])), Is.EqualTo(new double[] { 3, 4, 5 }));
        Assert.That(Values.Of(x.amin([1])), Is.EqualTo(new double[] { 0, 3 }));
    }

    [Test]
    public void MeasuresNorms()
    {
        Assert.That(tensor(new double[] { 3, 4 }).norm().item<double>(), Is.EqualTo(5).Within(1e-12));
        Assert.That(tensor(new double[] { 3, -4 }).norm(1f).item<double>(), Is.EqualTo(7).Within(1e-12));
        Assert.That(Grid().logsumexp(0).data<double>()[0], Is.EqualTo(Math.Log(1 + Math.Exp(3))).Within(1e-12));
        Assert.That(Grid().prod().item<double>(), Is.EqualTo(0));
    }

    [Test]
    public void SortsAndCounts()
    {
        var (sorted, order) = tensor(new double[] { 3, 1, 2 }).sort();
        Assert.That(Values.Of(sorted), Is.EqualTo(new double[] { 1, 2, 3 }));
        Assert.That(order.data<long>().ToArray(), Is.EqualTo(new long[] { 1, 2, 0 }));
        Assert.That(Values.Of(bincount(tensor(new long[] { 0, 2, 2 }))), Is.EqualTo(new double[] { 1, 0, 2 }));
    }

    [Test]
    public void MultipliesMatrices()
    {
        var x = Grid();
        Assert.That(Values.Of(matmul(x, x.t())), Is.EqualTo(new double[] { 5, 14, 14, 50 }));
        Assert.That(Values.Of(mm(x.t(), x)), Has.Length.EqualTo(9));
        Assert.That(Values.Of(bmm(x.unsqueeze(0), x.t().unsqueeze(0))), Is.EqualTo(new double[] { 5, 14, 14, 50 }));
        Assert.That(Values.Of(einsum("ij,kj->ik", x, x)), Is.EqualTo(new double[] { 5, 14, 14, 50 }));
        Assert.That(Values.Of(outer(x[0], x[1])), Is.EqualTo(new double[] { 0, 0, 0, 3, 4, 5, 6, 8, 10 }));
    }
}
