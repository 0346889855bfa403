using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>The 'descr' of an npy header, such as "&lt;f4": byte order, kind, bytes.</summary>
internal static class NpyDescr
{
    /// <summary>Parses a descr; numpy's byte order '=' (the writer's own) is taken as little endian.</summary>
    public static (ElementType Type, bool BigEndian) Parse(string descr, string file)
    {
        var hasOrder = descr.Length > 0 && "<>|=".Contains(descr[0], StringComparison.Ordinal);
        var code = hasOrder ? descr[1..] : descr;
        ElementType? type = code switch
        {
            "b1" or "?" => ElementType.Bool,
            "u1" => ElementType.UInt8,
            "i1" => ElementType.Int8,
            "u2" => ElementType.UInt16,
            "i2" => ElementType.Int16,
            "u4" => ElementType.UInt32,
            "i4" => ElementType.Int32,
            "u8" => ElementType.UInt64,
            "i8" => ElementType.Int64,
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float32,
            "f8" => ElementType.Float64,
            "c8" => ElementType.Complex64,
            "c16" => ElementType.Complex128,
            _ => null,
        };
        return type is null ? throw Unsupported(descr, code, file) : (type.Value, hasOrder && descr[0] == '>');
    }

    /// <summary>The descr to write, or null where numpy has no such type.</summary>
    public static string? Format(ElementType type) =>
        type switch
        {
            ElementType.Bool => "|b1",
            ElementType.UInt8 => "|u1",
            ElementType.Int8 => "|i1",
            ElementType.UInt16 => "<u2",
            ElementType.Int16 => "<i2",
            ElementType.UInt32 => "<u4",
            ElementType.Int32 => "<i4",
            ElementType.UInt64 => "<u8",
            ElementType.Int64 => "<i8",
            ElementType.Float16 => "<f2",
            ElementType.Float32 => "<f4",
            ElementType.Float64 => "<f8",
            ElementType.Complex64 => "<c8",
            ElementType.Complex128 => "<c16",
            _ => null,
        };

    private static InvalidDataException Unsupported(string descr, string code, string file)
    {
        var why = code.Length == 0 ? "it is empty" : Reason(code[0]);
        return DataFile.Invalid(
            file,
            $"the dtype '{descr}' is not supported: {why}. Supported are bool, integers, float16/32/64, complex64/128; "
                + "convert with astype() before saving, or, in an npz, read only the keys that you need."
        );
    }

    private static string Reason(char kind) =>
        kind switch
        {
            'O' => "object arrays hold Python pickles, which can run code",
            'S' or 'U' or 'a' => "it is text",
            'V' => "it is raw or structured data",
            'M' or 'm' => "it is a time",
            _ => "it is no number type known here",
        };
}
