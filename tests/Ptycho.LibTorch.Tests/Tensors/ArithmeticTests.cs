using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Tensors;

public class ArithmeticTests : TorchTest
{
    private static readonly double[] A = [7, -7, 2.5, -0.5];
    private static readonly double[] B = [2, 2, -4, 0.25];

    public static IEnumerable<TestCaseData> Operators() =>
        [
            Case("+", (a, b) => a + b, (a, b) => a + b),
            Case("-", (a, b) => a - b, (a, b) => a - b),
            Case("*", (a, b) => a * b, (a, b) => a * b),
            Case("/", (a, b) => a / b, (a, b) => a / b),
            Case("%", (a, b) => a % b, (a, b) => a - b * Math.Floor(a / b)),
            Case("div floor", (a, b) => a.div(b, RoundingMode.floor), (a, b) => Math.Floor(a / b)),
            Case("div trunc", (a, b) => a.div(b, RoundingMode.trunc), (a, b) => Math.Truncate(a / b)),
            Case("maximum", maximum, Math.Max),
            Case("minimum", minimum, Math.Min),
            Case("atan2", atan2, Math.Atan2),
            Case("pow", (a, b) => pow(a.abs(), b), (a, b) => Math.Pow(Math.Abs(a), b)),
            Case("lerp", (a, b) => a.lerp(b, tensor(.25)), (a, b) => a + .25 * (b - a)),
        ];

    [TestCaseSource(nameof(Operators))]
    public void ActsElementByElement(Func<Tensor, Tensor, Tensor> act, Func<double, double, double> expected) =>
        Assert.That(Values.Of(act(tensor(A), tensor(B))), Is.EqualTo(A.Zip(B, expected)).Within(1e-12));

    [Test]
    public void BroadcastsRowsAgainstColumns()
    {
        var sum = tensor(new float[] { 1, 2 }).reshape(2, 1) + tensor(new float[] { 10, 20, 30 });
        Assert.That(sum.shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(sum.data<float>().ToArray(), Is.EqualTo(new float[] { 11, 21, 31, 12, 22, 32 }));
    }

    [Test]
    public void BroadcastsOverMissingDimensions()
    {
        var product = ones(4, 1, 3) * ones(2, 1);
        Assert.That(product.shape, Is.EqualTo(new long[] { 4, 2, 3 }));
    }

    [Test]
    public void NumbersOnEitherSide()
    {
        var x = tensor(new double[] { 2, 4 });
        Assert.That(Values.Of(1 - x), Is.EqualTo(new double[] { -1, -3 }));
        Assert.That(Values.Of(1 + x), Is.EqualTo(new double[] { 3, 5 }));
        Assert.That(Values.Of(8.0 / x), Is.EqualTo(new double[] { 4, 2 }));
        Assert.That(Values.Of(x * 3 + 1f), Is.EqualTo(new double[] { 7, 13 }));
        Assert.That(Values.Of(-x), Is.EqualTo(new double[] { -2, -4 }));
        Assert.That(Values.Of(x % 3), Is.EqualTo(new double[] { 2, 1 }));
    }

    [Test]
    public void InPlaceWorkChangesTheTensorItself()
    {
        var x = ones(3);
        x.add_(tensor(new float[] { 1, 2, 3 }), 2).mul_(2).sub_(1).div_(5);
        Assert.That(x.data<float>().ToArray(), Is.EqualTo(new float[] { 1, 1.8f, 2.6f }).Within(1e-6));
    }

    [Test]
    public void ComparesElementByElement()
    {
        var a = tensor(new double[] { 1, 2, 3 });
        var b = tensor(new double[] { 3, 2, 1 });
        Assert.That((a < b).data<bool>().ToArray(), Is.EqualTo(new[] { true, false, false }));
        Assert.That((a >= b).data<bool>().ToArray(), Is.EqualTo(new[] { false, true, true }));
        Assert.That((a == 2).data<bool>().ToArray(), Is.EqualTo(new[] { false, true, false }));
        Assert.That(a.ne(b).logical_and(a.gt(1)).data<bool>().ToArray(), Is.EqualTo(new[] { false, false, true }));
        Assert.That(where(a > b, a, b).data<double>().ToArray(), Is.EqualTo(new double[] { 3, 2, 3 }));
    }

    [Test]
    public void ClampsFromEitherSide()
    {
        var x = tensor(new double[] { -2, 0, 2 });
        Assert.That(Values.Of(x.clamp(-1, 1)), Is.EqualTo(new double[] { -1, 0, 1 }));
        Assert.That(Values.Of(x.clamp(min: -1)), Is.EqualTo(new double[] { -1, 0, 2 }));
        Assert.That(Values.Of(x.clamp_max(1)), Is.EqualTo(new double[] { -2, 0, 1 }));
        x.clamp_(0, 1);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 0, 0, 1 }));
    }

    private static TestCaseData Case(
        string name,
        Func<Tensor, Tensor, Tensor> act,
        Func<double, double, double> expected
    ) => new TestCaseData(act, expected).SetArgDisplayNames(name);
}
