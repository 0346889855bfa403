using System.Numerics;

namespace Ptycho.IO.Arrays;

/// <summary>Facts about element types.</summary>
public static class ElementTypes
{
    /// <summary>Bytes of one element: 1, 2, 4, 8, or 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a defined element type.</exception>
    public static int SizeOf(ElementType type) =>
        type switch
        {
            ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
            ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
            ElementType.UInt32 or ElementType.Int32 or ElementType.Float32 => 4,
            ElementType.UInt64 or ElementType.Int64 or ElementType.Float64 or ElementType.Complex64 => 8,
            ElementType.Complex128 => 16,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a defined element type."),
        };

    /// <summary>Whether an element has a real and an imaginary part.</summary>
    public static bool IsComplex(ElementType type) => type is ElementType.Complex64 or ElementType.Complex128;

    /// <summary>The element type held by a CLR type, or null: bfloat16 and complex64 have no CLR type of their own.</summary>
    internal static ElementType? Of<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return ElementType.Float32;
        if (typeof(T) == typeof(double))
            return ElementType.Float64;
        if (typeof(T) == typeof(byte))
            return ElementType.UInt8;
        if (typeof(T) == typeof(sbyte))
            return ElementType.Int8;
        if (typeof(T) == typeof(ushort))
            return ElementType.UInt16;
        if (typeof(T) == typeof(short))
            return ElementType.Int16;
        if (typeof(T) == typeof(uint))
            return ElementType.UInt32;
        if (typeof(T) == typeof(int))
            return ElementType.Int32;
        if (typeof(T) == typeof(ulong))
            return ElementType.UInt64;
        if (typeof(T) == typeof(long))
            return ElementType.Int64;
        if (typeof(T) == typeof(Half))
            return ElementType.Float16;
        if (typeof(T) == typeof(bool))
            return ElementType.Bool;
        return typeof(T) == typeof(Complex) ? ElementType.Complex128 : null;
    }
}
