using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Ptycho.IO.Arrays;

/// <summary>
/// An immutable array of numbers in memory: an element type, a shape, and the elements in C order (last axis fastest),
/// little endian. An empty shape is a scalar of one element; an axis may be 0. At most <see cref="Array.MaxLength"/>
/// bytes.
/// </summary>
public sealed class NumericArray
{
    private readonly byte[] _bytes;

    private NumericArray(ElementType elementType, ImmutableArray<int> shape, byte[] bytes)
    {
        ElementType = elementType;
        Shape = shape;
        _bytes = bytes;
    }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>The length of each axis, slowest first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Number of elements (a complex one counts once).</summary>
    public long Length => _bytes.Length / ElementTypes.SizeOf(ElementType);

    /// <summary>The elements as little-endian bytes in C order; owned by this array.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Copies values of a real type (or <see cref="System.Numerics.Complex"/>) into a new array.</summary>
    /// <typeparam name="T">bool, an integer of 8 to 64 bits, Half, float, double, or Complex (complex128).</typeparam>
    /// <param name="values">The elements in C order.</param>
    /// <param name="shape">The length of each axis; their product must be the number of values.</param>
    /// <exception cref="ArgumentException">The type isn't one of those, or the shape doesn't fit the values.</exception>
    public static NumericArray Create<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var type =
            ElementTypes.Of<T>()
            ?? throw new ArgumentException(
                $"{typeof(T).Name} is not an element type of numeric arrays.",
                nameof(values)
            );
        return FromBytes(type, MemoryMarshal.AsBytes(values), shape);
    }

    /// <summary>Copies complex values given as (real, imaginary) float pairs: 2·(product of the shape) floats.</summary>
    /// <exception cref="ArgumentException">The shape doesn't fit the values.</exception>
    public static NumericArray CreateComplex64(ReadOnlySpan<float> interleaved, params ReadOnlySpan<int> shape) =>
        FromBytes(ElementType.Complex64, MemoryMarshal.AsBytes(interleaved), shape);

    /// <summary>Stores values as bfloat16, each rounded to nearest, ties to even.</summary>
    /// <exception cref="ArgumentException">The shape doesn't fit the values.</exception>
    public static NumericArray CreateBFloat16(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var words = new ushort[values.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = BFloat16Conversion.FromSingle(values[i]);
        return FromBytes(ElementType.BFloat16, MemoryMarshal.AsBytes<ushort>(words), shape);
    }

    /// <summary>Copies raw little-endian elements in C order.</summary>
    /// <exception cref="ArgumentException">The shape doesn't fit the bytes, or a bool is neither 0 nor 1.</exception>
    public static NumericArray FromBytes(ElementType type, ReadOnlySpan<byte> bytes, params ReadOnlySpan<int> shape)
    {
        CheckBytes(type, bytes.Length, shape);
        if (type == ElementType.Bool && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
            throw new ArgumentException("A bool must be the byte 0 or 1.", nameof(bytes));
        return new NumericArray(type, [.. shape], bytes.ToArray());
    }

    /// <summary>A 2-D complex64 array [H, W] with the field's values.</summary>
    public static NumericArray FromComplexField(ComplexField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var bytes = new byte[checked(8 * field.Length)];
        ComplexPlanes.Interleave(field.Real, field.Imaginary, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        return new NumericArray(ElementType.Complex64, [field.Height, field.Width], bytes);
    }

    /// <summary>The elements without a copy, as exactly the CLR type that holds them.</summary>
    /// <exception cref="InvalidOperationException">The array holds another type; convert with
    /// <see cref="ToSingle"/>, <see cref="ToDouble"/> or <see cref="ToInterleavedSingle"/>.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        if (ElementTypes.Of<T>() != ElementType)
            throw new InvalidOperationException(
                $"The array {this} cannot be read as {typeof(T).Name} without a conversion."
            );
        return MemoryMarshal.Cast<byte, T>(_bytes);
    }

    /// <summary>The elements as float32, rounded where needed; bool becomes 0 or 1.</summary>
    /// <exception cref="InvalidOperationException">The array is complex.</exception>
    public float[] ToSingle()
    {
        var result = new float[CheckedReal()];
        ElementConversion.ToFloating(ElementType, _bytes, result.AsSpan());
        return result;
    }

    /// <summary>The elements as float64, rounded where needed (64-bit integers); bool becomes 0 or 1.</summary>
    /// <exception cref="InvalidOperationException">The array is complex.</exception>
    public double[] ToDouble()
    {
        var result = new double[CheckedReal()];
        ElementConversion.ToFloating(ElementType, _bytes, result.AsSpan());
        return result;
    }

    /// <summary>The elements as (real, imaginary) float32 pairs, 2·Length values; real elements get imaginary 0.</summary>
    public float[] ToInterleavedSingle()
    {
        var result = new float[checked(2 * (int)Length)];
        if (ElementTypes.IsComplex(ElementType))
            ElementConversion.ToFloating(ComplexPlanes.PartType(ElementType), _bytes, result.AsSpan());
        else
            ComplexPlanes.Interleave(ToSingle(), [], result);
        return result;
    }

    /// <summary>A new field with the values of a 2-D array [H, W] of any type; real elements get imaginary 0.</summary>
    /// <exception cref="InvalidOperationException">The array isn't 2-D, or is empty.</exception>
    public ComplexField ToComplexField()
    {
        if (Shape.Length != 2 || Length == 0)
            throw new InvalidOperationException($"A complex field needs a non-empty 2-D array, not {this}.");
        if (!ElementTypes.IsComplex(ElementType))
            return new ComplexField(Shape[0], Shape[1], ToSingle(), new float[Length]);
        var field = new ComplexField(Shape[0], Shape[1]);
        ComplexPlanes.Split(ToInterleavedSingle(), field.Real, field.Imaginary);
        return field;
    }

    /// <summary>The element type and the shape, such as "Float32 [2, 3]".</summary>
    public override string ToString() => $"{ElementType} {ArrayShape.Describe(Shape.AsSpan())}";

    /// <summary>Takes ownership of the bytes: the caller must not change them afterwards.</summary>
    internal static NumericArray Wrap(ElementType type, ReadOnlySpan<int> shape, byte[] bytes)
    {
        CheckBytes(type, bytes.Length, shape);
        return new NumericArray(type, [.. shape], bytes);
    }

    private static void CheckBytes(ElementType type, int given, ReadOnlySpan<int> shape)
    {
        var needed = ArrayShape.ByteLength(shape, type, nameof(shape));
        if (needed == given)
            return;
        var size = ElementTypes.SizeOf(type);
        throw new ArgumentException(
            $"The shape {ArrayShape.Describe(shape)} needs {needed / size} elements of {type}, "
                + $"but {given} bytes were given, which are {(double)given / size} elements.",
            nameof(shape)
        );
    }

    private int CheckedReal() =>
        ElementTypes.IsComplex(ElementType)
            ? throw new InvalidOperationException(
                $"The array {this} is complex and cannot become real without a loss; use {nameof(ToInterleavedSingle)}."
            )
            : (int)Length;
}
