using System.Numerics.Tensors;

namespace Ptycho.IO.Arrays;

/// <summary>bfloat16, the upper half of a float32, as raw 16-bit words.</summary>
internal static class BFloat16Conversion
{
    /// <summary>Exact.</summary>
    public static void ToSingle(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        var bits = System.Runtime.InteropServices.MemoryMarshal.Cast<float, uint>(destination);
        TensorPrimitives.ConvertTruncating(source, bits);
        TensorPrimitives.ShiftLeft(bits, 16, bits);
    }

    /// <summary>Rounds to nearest, ties to even; a NaN stays a (quiet) NaN with its sign.</summary>
    public static ushort FromSingle(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
            return (ushort)((bits >> 16) | 0x40);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
