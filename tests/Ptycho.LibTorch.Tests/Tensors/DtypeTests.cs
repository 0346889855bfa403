using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Tensors;

public class DtypeTests : TorchTest
{
    [TestCase(ScalarType.Byte, ScalarType.Int64, ExpectedResult = ScalarType.Int64)]
    [TestCase(ScalarType.Int64, ScalarType.Float32, ExpectedResult = ScalarType.Float32)]
    [TestCase(ScalarType.Float32, ScalarType.Float64, ExpectedResult = ScalarType.Float64)]
    [TestCase(ScalarType.Float16, ScalarType.BFloat16, ExpectedResult = ScalarType.Float32)]
    [TestCase(ScalarType.Float32, ScalarType.ComplexFloat32, ExpectedResult = ScalarType.ComplexFloat32)]
    [TestCase(ScalarType.Float64, ScalarType.ComplexFloat32, ExpectedResult = ScalarType.ComplexFloat64)]
    public ScalarType TensorsPromoteEachOther(ScalarType left, ScalarType right) =>
        (ones(2, left) + ones(2, right)).dtype;

    [Test]
    public void NumbersDoNotWidenATensorOfTheirKind()
    {
        Assert.That((ones(2) * 2.0).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That((ones(2, ScalarType.Int64) + 1).dtype, Is.EqualTo(ScalarType.Int64));
        Assert.That((ones(2, ScalarType.Int64) * .5).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That((ones(2, ScalarType.Int64) / 2).dtype, Is.EqualTo(ScalarType.Float32));
    }

    [Test]
    public void ValuesBringTheirType()
    {
        Assert.That(tensor(1.0).dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(tensor(1f).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(tensor(1L).dtype, Is.EqualTo(ScalarType.Int64));
        Assert.That(tensor(true).dtype, Is.EqualTo(ScalarType.Bool));
        Assert.That(tensor(new[] { 1, 2 }).dtype, Is.EqualTo(ScalarType.Int32));
        Assert.That(tensor(new[] { 1f }, dtype: ScalarType.Float64).dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(zeros(1).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(arange(3).dtype, Is.EqualTo(ScalarType.Int64));
        Assert.That((ones(2) > 0).dtype, Is.EqualTo(ScalarType.Bool));
    }

    [TestCase(ScalarType.Byte, 1)]
    [TestCase(ScalarType.Bool, 1)]
    [TestCase(ScalarType.Float16, 2)]
    [TestCase(ScalarType.BFloat16, 2)]
    [TestCase(ScalarType.Float32, 4)]
    [TestCase(ScalarType.Int64, 8)]
    [TestCase(ScalarType.ComplexFloat32, 8)]
    [TestCase(ScalarType.ComplexFloat64, 16)]
    public void ElementsHaveTheirSize(ScalarType type, int size)
    {
        Assert.That(type.ElementSize(), Is.EqualTo(size));
        Assert.That(zeros(3, type).bytes.Length, Is.EqualTo(3 * size));
    }

    [Test]
    public void ConversionCutsTowardsZero()
    {
        var x = tensor(new[] { 1.9, -1.9, 0 });
        Assert.That(x.to_type(ScalarType.Int64).data<long>().ToArray(), Is.EqualTo(new long[] { 1, -1, 0 }));
        Assert.That(x.to(ScalarType.Bool).data<bool>().ToArray(), Is.EqualTo(new[] { true, true, false }));
    }

    [Test]
    public void ShortFloatsRoundToNearest()
    {
        var x = tensor(new[] { 1 + 1.0 / 1024, 1 + 1.0 / 4096, 1.0 / 3 });
        var half = Values.Of(x.to_type(ScalarType.Float16));
        Assert.That(half, Is.EqualTo(new[] { 1 + 1.0 / 1024, 1, (double)(Half)(1.0 / 3) }));
        Assert.That(Values.Of(x.to_type(ScalarType.BFloat16))[0], Is.EqualTo(1));
    }

    [Test]
    public void ConversionToTheSameTypeSharesTheData()
    {
        var x = zeros(2);
        x.to_type(ScalarType.Float32).add_(1);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 1, 1 }));
        x.to_type(ScalarType.Float32, copy: true).add_(1);
        Assert.That(Values.Of(x), Is.EqualTo(new double[] { 1, 1 }));
    }

    [Test]
    public void ItemsConvert()
    {
        Assert.That(tensor(2.5).item<double>(), Is.EqualTo(2.5));
        Assert.That(tensor(2.5).ToSingle(), Is.EqualTo(2.5f));
        Assert.That(tensor(7L).ToInt32(), Is.EqualTo(7));
        Assert.That(tensor(1, 2).ToComplexFloat64(), Is.EqualTo(new System.Numerics.Complex(1, 2)));
    }
}
