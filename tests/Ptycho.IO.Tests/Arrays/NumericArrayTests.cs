using System.Numerics;
using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Tests.Arrays;

public class NumericArrayTests
{
    [Test]
    public void CreateCopiesItsValues()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var array = NumericArray.Create<float>(values, 2, 3);
        values[0] = 100;
        Assert.That(array.AsSpan<float>().ToArray(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
        Assert.That(array.Shape, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(array.Length, Is.EqualTo(6));
        Assert.That(array.ToString(), Is.EqualTo("Float32 [2, 3]"));
    }

    [Test]
    public void AnEmptyShapeIsAScalarAndAZeroAxisIsEmpty()
    {
        Assert.That(NumericArray.Create<double>([2.5]).Length, Is.EqualTo(1));
        Assert.That(NumericArray.Create<double>([], 3, 0, int.MaxValue, int.MaxValue).Length, Is.Zero);
    }

    [Test]
    public void AWrongShapeIsNamed()
    {
        Assert.That(
            () => NumericArray.Create<float>([1, 2], 3),
            Throws.ArgumentException.With.Message.Contains("[3]").And.Message.Contains("2 elements")
        );
        Assert.That(() => NumericArray.Create<float>([1, 2], -1, -2), Throws.ArgumentException);
        Assert.That(() => NumericArray.Create<float>([], 1 << 16, 1 << 16), Throws.ArgumentException);
        Assert.That(() => NumericArray.Create<char>(['a'], 1), Throws.ArgumentException);
        Assert.That(() => NumericArray.FromBytes(ElementType.Bool, [0, 2], 2), Throws.ArgumentException);
    }

    [Test]
    public void AnotherTypeIsNotReinterpreted()
    {
        var array = NumericArray.Create<float>([1, 2], 2);
        Assert.That(() => array.AsSpan<int>().ToArray(), Throws.InvalidOperationException);
        Assert.That(
            () => NumericArray.CreateComplex64([1, 2], 1).ToSingle(),
            Throws.InvalidOperationException.With.Message.Contains("complex")
        );
    }

    [Test]
    public void EveryRealTypeConverts()
    {
        NumericArray[] arrays =
        [
            NumericArray.Create<byte>([0, 3], 2),
            NumericArray.Create<sbyte>([0, 3], 2),
            NumericArray.Create<ushort>([0, 3], 2),
            NumericArray.Create<short>([0, 3], 2),
            NumericArray.Create<uint>([0, 3], 2),
            NumericArray.Create<int>([0, 3], 2),
            NumericArray.Create<ulong>([0, 3], 2),
            NumericArray.Create<long>([0, 3], 2),
            NumericArray.Create<Half>([(Half)0, (Half)3], 2),
            NumericArray.CreateBFloat16([0, 3], 2),
            NumericArray.Create<float>([0, 3], 2),
            NumericArray.Create<double>([0, 3], 2),
        ];
        foreach (var array in arrays)
        {
            Assert.That(array.ToSingle(), Is.EqualTo(new float[] { 0, 3 }), array.ToString());
            Assert.That(array.ToDouble(), Is.EqualTo(new double[] { 0, 3 }), array.ToString());
            Assert.That(array.ToInterleavedSingle(), Is.EqualTo(new float[] { 0, 0, 3, 0 }), array.ToString());
        }
        Assert.That(NumericArray.Create<bool>([false, true], 2).ToSingle(), Is.EqualTo(new float[] { 0, 1 }));
    }

    [Test]
    public void ExtremesConvert()
    {
        Assert.That(NumericArray.Create<ulong>([ulong.MaxValue], 1).ToDouble()[0], Is.EqualTo(18446744073709551616.0));
        Assert.That(NumericArray.Create<short>([short.MinValue], 1).ToSingle()[0], Is.EqualTo(-32768f));
        Assert.That(NumericArray.Create<double>([1e300], 1).ToSingle()[0], Is.EqualTo(float.PositiveInfinity));
        Assert.That(NumericArray.Create<Half>([Half.Epsilon], 1).ToSingle()[0], Is.EqualTo(5.9604645e-8f));
    }

    [Test]
    public void ComplexDoublesBecomePairs()
    {
        var array = NumericArray.Create<Complex>([new(1, -2), new(3, 4)], 1, 2);
        Assert.That(array.ElementType, Is.EqualTo(ElementType.Complex128));
        Assert.That(array.ToInterleavedSingle(), Is.EqualTo(new float[] { 1, -2, 3, 4 }));
        Assert.That(array.ToComplexField()[0, 1], Is.EqualTo(new Complex(3, 4)));
    }

    [Test]
    public void AFieldComesBack()
    {
        var field = new ComplexField(2, 3, [1, 2, 3, 4, 5, 6], [-1, -2, -3, -4, -5, -6]);
        var array = NumericArray.FromComplexField(field);
        Assert.That(array.ToString(), Is.EqualTo("Complex64 [2, 3]"));
        var back = array.ToComplexField();
        Assert.That(back.Real, Is.EqualTo(field.Real));
        Assert.That(back.Imaginary, Is.EqualTo(field.Imaginary));
        Assert.That(NumericArray.Create<byte>([7], 1, 1).ToComplexField()[0, 0], Is.EqualTo(new Complex(7, 0)));
        Assert.That(() => NumericArray.Create<byte>([7], 1).ToComplexField(), Throws.InvalidOperationException);
    }

    [Test]
    public void EveryBFloat16ComesBack()
    {
        var words = new ushort[65536];
        for (var i = 0; i < words.Length; i++)
            words[i] = (ushort)i;
        var bytes = MemoryMarshal.AsBytes<ushort>(words);
        var singles = NumericArray.FromBytes(ElementType.BFloat16, bytes, 65536).ToSingle();
        var back = MemoryMarshal.Cast<byte, ushort>(NumericArray.CreateBFloat16(singles, 65536).Bytes);
        for (var i = 0; i < words.Length; i++)
            if (float.IsNaN(singles[i]))
                Assert.That(back[i] | 0x40, Is.EqualTo(words[i] | 0x40));
            else
                Assert.That(back[i], Is.EqualTo(words[i]));
    }

    [TestCase(0x3F800000u, 0x3F80u)] // 1
    [TestCase(0x3F808000u, 0x3F80u)] // a tie goes to the even neighbour below
    [TestCase(0x3F818000u, 0x3F82u)] // … or above
    [TestCase(0x3F808001u, 0x3F81u)]
    [TestCase(0x7F7FFFFFu, 0x7F80u)] // the largest float rounds to infinity
    [TestCase(0x7F800001u, 0x7FC0u)] // a NaN must not become infinity
    public void BFloat16RoundsToNearestEven(uint single, uint word) =>
        Assert.That(BFloat16Conversion.FromSingle(BitConverter.UInt32BitsToSingle(single)), Is.EqualTo((ushort)word));
}
