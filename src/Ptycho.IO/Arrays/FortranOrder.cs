using System.Runtime.InteropServices;

namespace Ptycho.IO.Arrays;

/// <summary>Reorders elements stored with the first axis fastest (Fortran, MATLAB) into C order.</summary>
internal static class FortranOrder
{
    /// <summary>A new array of bytes in C order.</summary>
    public static byte[] ToC(ReadOnlySpan<byte> source, ElementType type, ReadOnlySpan<int> shape)
    {
        var result = new byte[source.Length];
        switch (ElementTypes.SizeOf(type))
        {
            case 1:
                Reorder<byte>(source, result, shape);
                break;
            case 2:
                Reorder<ushort>(source, result, shape);
                break;
            case 4:
                Reorder<uint>(source, result, shape);
                break;
            case 8:
                Reorder<ulong>(source, result, shape);
                break;
            default:
                Reorder<UInt128>(source, result, shape);
                break;
        }
        return result;
    }

    private static void Reorder<T>(ReadOnlySpan<byte> sourceBytes, Span<byte> resultBytes, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var source = MemoryMarshal.Cast<byte, T>(sourceBytes);
        var result = MemoryMarshal.Cast<byte, T>(resultBytes);
        Span<int> strides = new int[shape.Length];
        Span<int> index = new int[shape.Length];
        var stride = 1;
        for (var axis = 0; axis < shape.Length && !result.IsEmpty; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        var offset = 0;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = source[offset];
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                offset -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
    }
}
