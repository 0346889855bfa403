using Ptycho.IO;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Tests.Operators;

public class FieldTensorsTests
{
    private static readonly ComplexField First = new(2, 3, [1, 2, 3, 4, 5, 6], [-1, 0, 1, 2, 3, 4]);
    private static readonly ComplexField Second = new(2, 3, [7, 8, 9, 1, 2, 3], [0, 0, 1, 0, 0, 2]);

    [Test]
    public void FieldsAreStackedAndComeBack()
    {
        using var scope = NewDisposeScope();
        var tensor = FieldTensors.ToTensor([First, Second]);
        Assert.That(tensor.shape, Is.EqualTo(new long[] { 2, 2, 3 }));
        Assert.That(tensor[1, 0, 2].real.ToDouble(), Is.EqualTo(9));
        Assert.That(tensor[0, 1, 0].imag.ToDouble(), Is.EqualTo(2));
        var back = tensor.ToFields();
        Assert.That(back, Has.Count.EqualTo(2));
        Assert.That(back[1].Real, Is.EqualTo(Second.Real));
        Assert.That(back[1].Imaginary, Is.EqualTo(Second.Imaginary));
        Assert.That(tensor.to(complex128).ToFields()[0].Imaginary, Is.EqualTo(First.Imaginary));
        Assert.That(tensor.transpose(1, 2).ToFields()[0].Real, Is.EqualTo((float[])[1, 4, 2, 5, 3, 6]));
        Assert.That(First.ToTensor().shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(First.ToTensor().requires_grad_().ToField().Real, Is.EqualTo(First.Real));
    }

    [Test]
    public void WhatIsNoFieldIsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.That(() => FieldTensors.ToTensor([]), Throws.ArgumentException.With.Message.Contains("At least one"));
        Assert.That(() => FieldTensors.ToTensor((IReadOnlyList<ComplexField>)null!), Throws.ArgumentNullException);
        Assert.That(() => ((ComplexField)null!).ToTensor(), Throws.ArgumentNullException);
        foreach (var (rows, columns) in new[] { (2, 4), (3, 3) })
            Assert.That(
                () => FieldTensors.ToTensor([First, new ComplexField(rows, columns)]),
                Throws.ArgumentException.With.Message.Contains($"Field 1 is {rows}×{columns}, but field 0 is 2×3")
            );
        Assert.That(() => ((Tensor)null!).ToFields(), Throws.ArgumentNullException);
        foreach (var bad in (Tensor[])[ones([2, 3]), ones([3], complex64), ones([1, 1, 2, 3], complex64)])
            Assert.That(() => bad.ToFields(), Throws.ArgumentException.With.Message.Contains("[H, W] or [B, H, W]"));
        Assert.That(
            () => FieldTensors.ToTensor([First, Second]).ToField(),
            Throws.ArgumentException.With.Message.Contains("not 2")
        );
    }

    [Test]
    public void NoTensorIsLeftBehind()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var tensor = First.ToTensor())
            tensor.ToFields();
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }
}
