using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Matlab;

/// <summary>Reads one part (real or imaginary) of an array: MATLAB stores it in any type that holds its values.</summary>
internal static class MatNumbers
{
    /// <summary>Reads <paramref name="count"/> numbers as little-endian elements of a real type, in the file's order.</summary>
    public static byte[] Read(MatInput input, ElementType type, int count, string part)
    {
        var tag = input.ReadTag();
        if (StoredAs(tag.Type) is not { } stored)
            throw input.Invalid($"its {part} is stored as {tag.Type}, which is no type of numbers.");
        var size = ElementTypes.SizeOf(stored);
        // UTF-8 has more bytes than characters where they are not ASCII.
        if (tag.Type != MatDataType.Utf8 && tag.Length != (long)count * size)
            throw input.Invalid(
                $"its {part} has {tag.Length} bytes, but {count} elements stored as {tag.Type} have {(long)count * size}."
            );
        var data = input.ReadData(tag, stored);
        if (tag.Type == MatDataType.Utf8)
            return Characters(input, data, type, count, part);
        if (type == ElementType.Bool && size == 1)
            return Truth<byte>(data);
        if ((long)count * ElementTypes.SizeOf(type == ElementType.Bool ? ElementType.Float64 : type) > Array.MaxLength)
            throw input.Invalid(
                $"its {part}, {count} elements of {type} stored as {tag.Type}, is too large to convert."
            );
        try
        {
            return Convert(data, stored, type, count);
        }
        catch (OverflowException e)
        {
            throw input.Invalid($"its {part}, stored as {tag.Type}, has a value that {type} cannot hold.", e);
        }
    }

    private static ElementType? StoredAs(MatDataType type) =>
        type switch
        {
            MatDataType.Int8 => ElementType.Int8,
            MatDataType.UInt8 or MatDataType.Utf8 => ElementType.UInt8,
            MatDataType.Int16 => ElementType.Int16,
            MatDataType.UInt16 or MatDataType.Utf16 => ElementType.UInt16,
            MatDataType.Int32 => ElementType.Int32,
            MatDataType.UInt32 => ElementType.UInt32,
            MatDataType.Int64 => ElementType.Int64,
            MatDataType.UInt64 => ElementType.UInt64,
            MatDataType.Single => ElementType.Float32,
            MatDataType.Double => ElementType.Float64,
            _ => null,
        };

    private static byte[] Characters(MatInput input, byte[] data, ElementType type, int count, string part)
    {
        var text = Encoding.UTF8.GetString(data);
        if (type != ElementType.UInt16 || text.Length != count)
            throw input.Invalid(
                $"its {part} is text of {text.Length} characters, where {count} elements of {type} should be."
            );
        return MemoryMarshal.AsBytes(text.AsSpan()).ToArray();
    }

    private static byte[] Convert(byte[] data, ElementType stored, ElementType type, int count) =>
        type switch
        {
            ElementType.Float64 => Convert<double>(data, stored, count),
            ElementType.Float32 => Convert<float>(data, stored, count),
            ElementType.Int8 => Convert<sbyte>(data, stored, count),
            ElementType.UInt8 => Convert<byte>(data, stored, count),
            ElementType.Int16 => Convert<short>(data, stored, count),
            ElementType.UInt16 => Convert<ushort>(data, stored, count),
            ElementType.Int32 => Convert<int>(data, stored, count),
            ElementType.UInt32 => Convert<uint>(data, stored, count),
            ElementType.Int64 => Convert<long>(data, stored, count),
            ElementType.UInt64 => Convert<ulong>(data, stored, count),
            _ => Truth<double>(Convert<double>(data, stored, count)),
        };

    private static byte[] Convert<T>(byte[] data, ElementType stored, int count)
        where T : unmanaged, INumber<T> =>
        stored switch
        {
            ElementType.Int8 => Convert<sbyte, T>(data, count),
            ElementType.UInt8 => Convert<byte, T>(data, count),
            ElementType.Int16 => Convert<short, T>(data, count),
            ElementType.UInt16 => Convert<ushort, T>(data, count),
            ElementType.Int32 => Convert<int, T>(data, count),
            ElementType.UInt32 => Convert<uint, T>(data, count),
            ElementType.Int64 => Convert<long, T>(data, count),
            ElementType.UInt64 => Convert<ulong, T>(data, count),
            ElementType.Float32 => Convert<float, T>(data, count),
            _ => Convert<double, T>(data, count),
        };

    private static byte[] Convert<TFrom, T>(byte[] data, int count)
        where TFrom : unmanaged, INumber<TFrom>
        where T : unmanaged, INumber<T>
    {
        if (typeof(TFrom) == typeof(T))
            return data;
        var result = new byte[count * Unsafe.SizeOf<T>()];
        var source = MemoryMarshal.Cast<byte, TFrom>(data.AsSpan());
        TensorPrimitives.ConvertChecked(source, MemoryMarshal.Cast<byte, T>(result.AsSpan()));
        return result;
    }

    private static byte[] Truth<T>(byte[] numbers)
        where T : unmanaged, INumber<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(numbers.AsSpan());
        var result = new byte[values.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = values[i] != T.Zero ? (byte)1 : (byte)0;
        return result;
    }
}
