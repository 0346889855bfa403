using System.Numerics;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Tests.Tiff;

/// <summary>The numbers in the files that tests/data/tiff/make.py writes.</summary>
internal static class TiffValues
{
    public static NumericArray Array(ElementType type, int pages, int height, int width)
    {
        var half = type is ElementType.Float16 or ElementType.Float32 or ElementType.Float64 ? 0.5 : 0;
        var values = new double[pages * height * width];
        for (var i = 0; i < values.Length; i++)
            values[i] = (i / (height * width) * 97 + i / width % height * 31 + i % width * 7) % 120 + half;
        return type switch
        {
            ElementType.UInt8 => Convert(v => (byte)v),
            ElementType.Int8 => Convert(v => (sbyte)v),
            ElementType.UInt16 => Convert(v => (ushort)v),
            ElementType.Int16 => Convert(v => (short)v),
            ElementType.UInt32 => Convert(v => (uint)v),
            ElementType.Int32 => Convert(v => (int)v),
            ElementType.UInt64 => Convert(v => (ulong)v),
            ElementType.Int64 => Convert(v => (long)v),
            ElementType.Float16 => Convert(v => (Half)v),
            ElementType.Float32 => Convert(v => (float)v),
            ElementType.Float64 => Convert(v => v),
            ElementType.Complex128 => Convert(v => new Complex(v, 0 - 2 * v)),
            _ => NumericArray.CreateComplex64(
                [.. values.SelectMany(v => new[] { (float)v, 0 - 2 * (float)v })],
                pages,
                height,
                width
            ),
        };

        NumericArray Convert<T>(Func<double, T> convert)
            where T : unmanaged => NumericArray.Create<T>([.. values.Select(convert)], pages, height, width);
    }
}
