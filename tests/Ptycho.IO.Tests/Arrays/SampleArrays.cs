using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Tests.Arrays;

/// <summary>Seeded random arrays of every element type; the bits are random too, so NaNs and denormals occur.</summary>
public static class SampleArrays
{
    public static IEnumerable<ElementType> AllTypes => Enum.GetValues<ElementType>();

    public static IEnumerable<ElementType> RealTypes => AllTypes.Where(type => !ElementTypes.IsComplex(type));

    public static NumericArray Random(ElementType type, Random random, params ReadOnlySpan<int> shape)
    {
        var count = 1;
        foreach (var axis in shape)
            count *= axis;
        var bytes = new byte[count * ElementTypes.SizeOf(type)];
        random.NextBytes(bytes);
        if (type == ElementType.Bool)
            foreach (ref var b in bytes.AsSpan())
                b &= 1;
        return NumericArray.FromBytes(type, bytes, shape);
    }

    public static int[] RandomShape(Random random)
    {
        var shape = new int[random.Next(0, 5)];
        foreach (ref var axis in shape.AsSpan())
            axis = random.Next(0, 6);
        return shape;
    }

    public static void AssertSame(NumericArray actual, NumericArray expected)
    {
        Assert.That(actual.ElementType, Is.EqualTo(expected.ElementType));
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape));
        Assert.That(actual.Bytes.SequenceEqual(expected.Bytes), Is.True);
    }

    public static NumericArray Singles(params ReadOnlySpan<float> values) =>
        NumericArray.FromBytes(ElementType.Float32, MemoryMarshal.AsBytes(values), values.Length);
}
