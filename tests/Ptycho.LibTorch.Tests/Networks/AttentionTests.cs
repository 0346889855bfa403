using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Networks;

public class AttentionTests : TorchTest
{
    // softmax(q kᵀ/√d + bias) v
    private static Tensor Explicit(Tensor q, Tensor k, Tensor v, Tensor? bias = null)
    {
        var scores = q.matmul(k.transpose(-2, -1)) / Math.Sqrt(q.shape[^1]);
        return softmax(bias is null ? scores : scores + bias, -1).matmul(v);
    }

    private static (Tensor Query, Tensor Key, Tensor Value) Inputs() =>
        (Values.Normal(1, 2, 3, 5, 4), Values.Normal(2, 2, 3, 6, 4), Values.Normal(3, 2, 3, 6, 4));

    [Test]
    public void AgreesWithTheFormula()
    {
        var (q, k, v) = Inputs();
        var found = nn.functional.scaled_dot_product_attention(q, k, v);
        Assert.That(allclose(found, Explicit(q, k, v), 1e-8, 1e-10), Is.True);
    }

    [Test]
    public void HasTheGradientOfTheFormula()
    {
        var (q, k, v) = Inputs();
        Tensor[] inputs = [q.requires_grad_(), k.requires_grad_(), v.requires_grad_()];
        var found = autograd.grad([nn.functional.scaled_dot_product_attention(q, k, v).square().sum()], inputs);
        var expected = autograd.grad([Explicit(q, k, v).square().sum()], inputs);
        for (var i = 0; i < inputs.Length; i++)
            Assert.That(allclose(found[i], expected[i], 1e-7, 1e-9), Is.True);
    }

    [Test]
    public void MasksHide()
    {
        var (q, k, v) = Inputs();
        var visible = Values.Normal(4, 5, 6) > -.5;
        var bias = zeros(5, 6, ScalarType.Float64).masked_fill(visible.logical_not(), double.NegativeInfinity);
        var expected = Explicit(q, k, v, bias);
        var byBool = nn.functional.scaled_dot_product_attention(q, k, v, visible);
        var byNumber = nn.functional.scaled_dot_product_attention(q, k, v, bias);
        Assert.That(allclose(byBool, expected, 1e-8, 1e-10), Is.True);
        Assert.That(allclose(byNumber, expected, 1e-8, 1e-10), Is.True);
    }

    [Test]
    public void CausalAttentionSeesNoFuture()
    {
        var (q, _, _) = Inputs();
        var future = ones(5, 5, ScalarType.Bool).tril().logical_not();
        var bias = zeros(5, 5, ScalarType.Float64).masked_fill(future, double.NegativeInfinity);
        var found = nn.functional.scaled_dot_product_attention(q, q, q, is_casual: true);
        Assert.That(allclose(found, Explicit(q, q, q, bias), 1e-8, 1e-10), Is.True);
    }
}
