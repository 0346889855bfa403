using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Tensors;

public class FunctionTests : TorchTest
{
    private static readonly double[] Points = [-2.5, -1, -.25, .5, 1, 3];

    public static IEnumerable<TestCaseData> Functions() =>
        [
            Case("abs", x => x.abs(), Math.Abs),
            Case("neg", x => x.neg(), x => -x),
            Case("exp", exp, Math.Exp),
            Case("sin", sin, Math.Sin),
            Case("cos", cos, Math.Cos),
            Case("tanh", x => x.tanh(), Math.Tanh),
            Case("sigmoid", sigmoid, x => 1 / (1 + Math.Exp(-x))),
            Case("silu", x => x.silu(), x => x / (1 + Math.Exp(-x))),
            Case("relu", x => x.relu(), x => Math.Max(0, x)),
            Case("square", square, x => x * x),
            Case("sqrt of square", x => x.square().sqrt(), Math.Abs),
            Case("rsqrt of square", x => x.square().rsqrt(), x => 1 / Math.Abs(x)),
            Case("log of abs", x => x.abs().log(), x => Math.Log(Math.Abs(x))),
            Case("reciprocal", x => x.reciprocal(), x => 1 / x),
            Case("floor", x => x.floor(), Math.Floor),
            Case("round half to even", x => x.round(), x => Math.Round(x, MidpointRounding.ToEven)),
            Case("sign", x => x.sign(), x => Math.Sign(x)),
            Case("pow", x => x.pow(3), x => x * x * x),
        ];

    [TestCaseSource(nameof(Functions))]
    public void ActsOnEachElement(Func<Tensor, Tensor> act, Func<double, double> expected) =>
        Assert.That(Values.Of(act(tensor(Points))), Is.EqualTo(Points.Select(expected)).Within(1e-12));

    [Test]
    public void FindsWhatIsNotFinite()
    {
        var x = tensor(new[] { 1, double.NaN, double.PositiveInfinity });
        Assert.That(isnan(x).data<bool>().ToArray(), Is.EqualTo(new[] { false, true, false }));
        Assert.That(isfinite(x).data<bool>().ToArray(), Is.EqualTo(new[] { true, false, false }));
        Assert.That(isinf(x).data<bool>().ToArray(), Is.EqualTo(new[] { false, false, true }));
        Assert.That(x.isfinite().all().item<bool>(), Is.False);
        Assert.That(x.isnan().any().ToBoolean(), Is.True);
    }

    [Test]
    public void ComparesWholeTensors()
    {
        var x = tensor(new double[] { 1, 2 });
        Assert.That(allclose(x, x + 1e-9), Is.True);
        Assert.That(x.allclose(x + 1e-3), Is.False);
        Assert.That(x.Equals(x.clone()), Is.True);
        Assert.That(x.Equals(x + 1), Is.False);
    }

    private static TestCaseData Case(string name, Func<Tensor, Tensor> act, Func<double, double> expected) =>
        new TestCaseData(act, expected).SetArgDisplayNames(name);
}
