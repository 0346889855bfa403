using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Ptycho.IO.Arrays;

/// <summary>Converts raw little-endian elements to floating point values.</summary>
internal static class ElementConversion
{
    /// <summary>Converts any real type; the caller has checked the lengths and that the type is real.</summary>
    public static void ToFloating<T>(ElementType type, ReadOnlySpan<byte> bytes, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (type)
        {
            case ElementType.Bool:
            case ElementType.UInt8:
                TensorPrimitives.ConvertTruncating(bytes, destination);
                break;
            case ElementType.Int8:
                Convert<sbyte, T>(bytes, destination);
                break;
            case ElementType.UInt16:
                Convert<ushort, T>(bytes, destination);
                break;
            case ElementType.Int16:
                Convert<short, T>(bytes, destination);
                break;
            case ElementType.UInt32:
                Convert<uint, T>(bytes, destination);
                break;
            case ElementType.Int32:
                Convert<int, T>(bytes, destination);
                break;
            case ElementType.UInt64:
                Convert<ulong, T>(bytes, destination);
                break;
            case ElementType.Int64:
                Convert<long, T>(bytes, destination);
                break;
            case ElementType.Float16:
                Convert<Half, T>(bytes, destination);
                break;
            case ElementType.BFloat16:
                var singles = new float[destination.Length];
                BFloat16Conversion.ToSingle(MemoryMarshal.Cast<byte, ushort>(bytes), singles);
                TensorPrimitives.ConvertTruncating<float, T>(singles, destination);
                break;
            case ElementType.Float32:
                Convert<float, T>(bytes, destination);
                break;
            case ElementType.Float64:
                Convert<double, T>(bytes, destination);
                break;
            default:
                throw new InvalidOperationException($"{type} is not a real element type.");
        }
    }

    private static void Convert<TFrom, T>(ReadOnlySpan<byte> bytes, Span<T> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, TFrom>(bytes), destination);
}
