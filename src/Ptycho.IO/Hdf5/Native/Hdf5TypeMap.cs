using System.Globalization;
using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>
/// Which element type a type in a file becomes, and the HDF5 type that describes its bytes in memory. Integers of odd
/// widths take the next wider type, floats of more than 64 bits are rounded to float64; enums other than h5py's bool
/// are read as their numbers.
/// </summary>
internal static unsafe class Hdf5TypeMap
{
    /// <summary>Two floats of 128 bits, and room for padding.</summary>
    private const int LargestElement = 64;

    /// <summary>The element type and a memory type for reading it.</summary>
    /// <exception cref="InvalidDataException">The type is no number.</exception>
    public static (ElementType Type, Hdf5Handle Memory) ForReading(long fileType, Hdf5Context context, string path)
    {
        var typeClass = Hdf5Native.H5Tget_class(fileType);
        // A damaged type may claim gigabytes for a number, which libhdf5 would allocate to convert it.
        if (Hdf5Native.H5Tget_size(fileType) > LargestElement)
            throw context.Invalid(
                path,
                $"has elements of {Hdf5Native.H5Tget_size(fileType)} bytes, which are no numbers."
            );
        switch (typeClass)
        {
            case Hdf5Constants.IntegerClass:
            case Hdf5Constants.FloatClass:
                var real = Real(fileType, typeClass, context, path);
                return (real, ForWriting(real, context, path));
            case Hdf5Constants.BitfieldClass:
                var bits = context.Own(Hdf5Native.H5Tget_native_type(fileType, 1), path, "tell its type");
                return (Integer(Hdf5Native.H5Tget_size(bits.Id), signed: false, context, path), bits);
            case Hdf5Constants.EnumClass:
                return Enumeration(fileType, context, path);
            case Hdf5Constants.CompoundClass:
                return Complex(fileType, context, path);
            default:
                throw context.Invalid(path, $"holds {ClassName(typeClass)}, which is no array of numbers.");
        }
    }

    /// <summary>The HDF5 type with exactly the bytes of an element; complex as h5py's compound {r, i}.</summary>
    public static Hdf5Handle ForWriting(ElementType type, Hdf5Context context, string path) =>
        type switch
        {
            ElementType.Bool => Bool(context, path),
            ElementType.Float16 => SmallFloat(exponentBits: 5, mantissaBits: 10, context, path),
            ElementType.BFloat16 => SmallFloat(exponentBits: 8, mantissaBits: 7, context, path),
            ElementType.Complex64 or ElementType.Complex128 => Compound(type, "r", "i", context, path),
            _ => Copy(Symbol(type), context, path),
        };

    public static string ClassName(int typeClass) =>
        typeClass switch
        {
            2 => "times",
            3 => "text",
            5 => "opaque bytes",
            6 => "records",
            7 => "references",
            9 => "lists of varying length",
            10 => "small arrays",
            _ => string.Create(CultureInfo.InvariantCulture, $"elements of HDF5 class {typeClass}"),
        };

    private static ElementType Real(long fileType, int typeClass, Hdf5Context context, string path)
    {
        var size = Hdf5Native.H5Tget_size(fileType);
        if (typeClass == Hdf5Constants.IntegerClass)
            return Integer(size, Hdf5Native.H5Tget_sign(fileType) != 0, context, path);
        if (size == 2)
        {
            context.Check(
                Hdf5Native.H5Tget_fields(fileType, out _, out _, out _, out _, out var mantissa),
                path,
                "tell its type"
            );
            return mantissa == 7 ? ElementType.BFloat16 : ElementType.Float16;
        }
        return size <= 4 ? ElementType.Float32 : ElementType.Float64;
    }

    private static ElementType Integer(nuint size, bool signed, Hdf5Context context, string path) =>
        size switch
        {
            1 => signed ? ElementType.Int8 : ElementType.UInt8,
            2 => signed ? ElementType.Int16 : ElementType.UInt16,
            3 or 4 => signed ? ElementType.Int32 : ElementType.UInt32,
            > 4 and <= 8 => signed ? ElementType.Int64 : ElementType.UInt64,
            _ => throw context.Invalid(path, $"holds integers of {size} bytes; at most 8 can be read."),
        };

    private static (ElementType, Hdf5Handle) Enumeration(long fileType, Hdf5Context context, string path)
    {
        var memory = context.Own(Hdf5Native.H5Tget_native_type(fileType, 1), path, "tell its type");
        using var number = context.Own(Hdf5Native.H5Tget_super(memory.Id), path, "tell its type");
        var type = Real(number.Id, Hdf5Constants.IntegerClass, context, path);
        return (IsBool(memory.Id, type) ? ElementType.Bool : type, memory);
    }

    // h5py stores NumPy's bool as an enum {FALSE = 0, TRUE = 1} over int8.
    private static bool IsBool(long type, ElementType number)
    {
        if (ElementTypes.SizeOf(number) != 1 || Hdf5Native.H5Tget_nmembers(type) != 2)
            return false;
        for (var i = 0u; i < 2; i++)
        {
            sbyte value;
            if (Hdf5Native.H5Tget_member_value(type, i, &value) < 0 || value is not (0 or 1))
                return false;
            var expected = value == 1 ? "TRUE" : "FALSE";
            if (!string.Equals(MemberName(type, i), expected, StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    private static (ElementType, Hdf5Handle) Complex(long fileType, Hdf5Context context, string path)
    {
        if (Hdf5Native.H5Tget_nmembers(fileType) != 2)
            throw context.Invalid(path, "holds records that are not complex numbers.");
        var (first, second) = (MemberName(fileType, 0), MemberName(fileType, 1));
        if (!IsPart(first, 'r') || !IsPart(second, 'i'))
            throw context.Invalid(
                path,
                $"holds records {{{first}, {second}}}; complex numbers have the members r and i, in this order."
            );
        var size = 0;
        for (var i = 0u; i < 2; i++)
        {
            using var member = context.Own(Hdf5Native.H5Tget_member_type(fileType, i), path, "tell its type");
            if (Hdf5Native.H5Tget_class(member.Id) != Hdf5Constants.FloatClass)
                throw context.Invalid(path, "holds complex numbers whose parts are no floats.");
            var end = (Int128)Hdf5Native.H5Tget_member_offset(fileType, i) + Hdf5Native.H5Tget_size(member.Id);
            if (end > Hdf5Native.H5Tget_size(fileType))
                throw context.Invalid(path, "holds complex numbers whose parts lie outside them; the file is damaged.");
            size = Math.Max(size, ElementTypes.SizeOf(Real(member.Id, Hdf5Constants.FloatClass, context, path)));
        }
        var type = size <= 4 ? ElementType.Complex64 : ElementType.Complex128;
        return (type, Compound(type, first, second, context, path));
    }

    private static bool IsPart(string name, char letter) =>
        name.ToUpperInvariant() is "R" or "RE" or "REAL"
            ? letter == 'r'
            : name.ToUpperInvariant() is "I" or "IM" or "IMAG" or "IMAGINARY" && letter == 'i';

    private static string MemberName(long type, uint index)
    {
        var name = Hdf5Native.H5Tget_member_name(type, index);
        if (name is null)
            return "";
        var text = Marshal.PtrToStringUTF8((nint)name) ?? "";
        Hdf5Native.H5free_memory(name);
        return text;
    }

    private static Hdf5Handle Compound(
        ElementType type,
        string real,
        string imaginary,
        Hdf5Context context,
        string path
    )
    {
        var part = ComplexPlanes.PartType(type);
        var size = ElementTypes.SizeOf(part);
        var compound = context.Own(
            Hdf5Native.H5Tcreate(Hdf5Constants.CompoundClass, (nuint)(2 * size)),
            path,
            "make a type"
        );
        var member = Hdf5Library.Id(Symbol(part));
        context.Check(Hdf5Native.H5Tinsert(compound.Id, real, 0, member), path, "make a type");
        context.Check(Hdf5Native.H5Tinsert(compound.Id, imaginary, (nuint)size, member), path, "make a type");
        return compound;
    }

    private static Hdf5Handle Bool(Hdf5Context context, string path)
    {
        var type = context.Own(Hdf5Native.H5Tenum_create(Hdf5Library.Id("H5T_STD_I8LE_g")), path, "make a type");
        for (sbyte value = 0; value < 2; value++)
        {
            var copy = value;
            var name = value == 1 ? "TRUE" : "FALSE";
            context.Check(Hdf5Native.H5Tenum_insert(type.Id, name, &copy), path, "make a type");
        }
        return type;
    }

    // The order of the calls matters: the fields must fit the size at every moment.
    private static Hdf5Handle SmallFloat(int exponentBits, int mantissaBits, Hdf5Context context, string path)
    {
        var type = Copy("H5T_IEEE_F32LE_g", context, path);
        context.Check(
            Hdf5Native.H5Tset_fields(type.Id, 15, (nuint)mantissaBits, (nuint)exponentBits, 0, (nuint)mantissaBits),
            path,
            "make a type"
        );
        context.Check(Hdf5Native.H5Tset_size(type.Id, 2), path, "make a type");
        context.Check(Hdf5Native.H5Tset_ebias(type.Id, (nuint)((1 << (exponentBits - 1)) - 1)), path, "make a type");
        return type;
    }

    private static Hdf5Handle Copy(string symbol, Hdf5Context context, string path) =>
        context.Own(Hdf5Native.H5Tcopy(Hdf5Library.Id(symbol)), path, "make a type");

    private static string Symbol(ElementType type) =>
        type switch
        {
            ElementType.UInt8 => "H5T_STD_U8LE_g",
            ElementType.Int8 => "H5T_STD_I8LE_g",
            ElementType.UInt16 => "H5T_STD_U16LE_g",
            ElementType.Int16 => "H5T_STD_I16LE_g",
            ElementType.UInt32 => "H5T_STD_U32LE_g",
            ElementType.Int32 => "H5T_STD_I32LE_g",
            ElementType.UInt64 => "H5T_STD_U64LE_g",
            ElementType.Int64 => "H5T_STD_I64LE_g",
            ElementType.Float32 => "H5T_IEEE_F32LE_g",
            ElementType.Float64 => "H5T_IEEE_F64LE_g",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a predefined type."),
        };
}
