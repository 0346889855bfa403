using System.Runtime.InteropServices;
using System.Text;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Matlab;

/// <summary>Reads the inside of a matrix element: flags, dimensions, name, real part, imaginary part.</summary>
internal static class MatVariableReader
{
    private const uint ComplexFlag = 0x0800;
    private const uint LogicalFlag = 0x0200;
    private const int MostDimensions = 32;
    private const int LongestName = 1024;

    public static MatVariable Read(MatInput input)
    {
        var flags = ReadFlags(input);
        var type = (MatArrayClass)(flags & 0xFF);
        if (!Enum.IsDefined(type))
            throw input.Invalid($"{(int)type} is not an array class of level 5 MAT-files.");
        // An opaque object has no dimensions.
        int[] shape = type == MatArrayClass.Opaque ? [] : ReadShape(input);
        var name = ReadName(input);
        var isArray = type is MatArrayClass.Char or (>= MatArrayClass.Double and <= MatArrayClass.UInt64);
        // The nameless variable is MATLAB's own workspace of function handles and objects.
        if (!isArray || name.Length == 0)
            return new MatVariable(name, type, null);

        input.Where = $"variable '{name}'";
        var isComplex = (flags & ComplexFlag) != 0;
        var target = TargetOf(type, (flags & LogicalFlag) != 0, isComplex, input);
        var length = ArrayShape.TryByteLength(shape, target);
        if (length is null)
            throw input.Invalid(
                $"an array {ArrayShape.Describe(shape)} of {target} has more than {Array.MaxLength} bytes."
            );
        var part = isComplex ? ComplexPlanes.PartType(target) : target;
        var count = length.Value / ElementTypes.SizeOf(target);
        var values = MatNumbers.Read(input, part, count, "real part");
        if (isComplex)
            values = Pairs(values, MatNumbers.Read(input, part, count, "imaginary part"), part);
        if (input.Remaining > 0)
            throw input.Invalid($"{input.Remaining} bytes follow after its last part; the file is damaged.");
        return new MatVariable(name, type, NumericArray.Wrap(target, shape, FortranOrder.ToC(values, target, shape)));
    }

    private static byte[] Pairs(byte[] real, byte[] imaginary, ElementType part)
    {
        var pairs = new byte[real.Length + imaginary.Length];
        var size = ElementTypes.SizeOf(part);
        for (var i = 0; i < real.Length; i += size)
        {
            real.AsSpan(i, size).CopyTo(pairs.AsSpan(2 * i));
            imaginary.AsSpan(i, size).CopyTo(pairs.AsSpan(2 * i + size));
        }
        return pairs;
    }

    private static ElementType TargetOf(MatArrayClass type, bool isLogical, bool isComplex, MatInput input)
    {
        if (isComplex && (isLogical || type == MatArrayClass.Char))
            throw input.Invalid("logical and character arrays cannot be complex.");
        if (isComplex)
            return type == MatArrayClass.Single ? ElementType.Complex64 : ElementType.Complex128;
        if (isLogical)
            return ElementType.Bool;
        return type switch
        {
            MatArrayClass.Double => ElementType.Float64,
            MatArrayClass.Single => ElementType.Float32,
            MatArrayClass.Int8 => ElementType.Int8,
            MatArrayClass.UInt8 => ElementType.UInt8,
            MatArrayClass.Int16 => ElementType.Int16,
            MatArrayClass.UInt16 or MatArrayClass.Char => ElementType.UInt16,
            MatArrayClass.Int32 => ElementType.Int32,
            MatArrayClass.UInt32 => ElementType.UInt32,
            MatArrayClass.Int64 => ElementType.Int64,
            _ => ElementType.UInt64,
        };
    }

    private static uint ReadFlags(MatInput input)
    {
        var tag = input.ReadTag();
        if (tag is not { Type: MatDataType.UInt32, Length: 8 })
            throw input.Invalid($"its array flags should be 8 bytes of UInt32, not {tag.Length} of {tag.Type}.");
        return MemoryMarshal.Read<uint>(input.ReadData(tag, ElementType.UInt32));
    }

    private static int[] ReadShape(MatInput input)
    {
        var tag = input.ReadTag();
        if (tag.Type != MatDataType.Int32 || tag.Length is < 8 or > 4 * MostDimensions || tag.Length % 4 != 0)
            throw input.Invalid(
                $"its dimensions should be 2 to {MostDimensions} Int32, not {tag.Length} bytes of {tag.Type}."
            );
        var shape = MemoryMarshal.Cast<byte, int>(input.ReadData(tag, ElementType.Int32)).ToArray();
        if (shape.AsSpan().ContainsAnyInRange(int.MinValue, -1))
            throw input.Invalid($"its dimensions {ArrayShape.Describe(shape)} have a negative one.");
        return shape;
    }

    private static string ReadName(MatInput input)
    {
        var tag = input.ReadTag();
        if (tag.Type is not (MatDataType.Int8 or MatDataType.UInt8 or MatDataType.Utf8))
            throw input.Invalid($"its name should be Int8, not {tag.Type}.");
        if (tag.Length > LongestName)
            throw input.Invalid($"its name has {tag.Length} bytes; MATLAB's have at most 63 letters.");
        return Encoding.UTF8.GetString(input.ReadData(tag, ElementType.UInt8));
    }
}
