using Ptycho.IO.Arrays;

namespace Ptycho.IO.Safetensors;

/// <summary>The names of element types in safetensors headers.</summary>
internal static class SafetensorsTypes
{
    public static ElementType? Parse(string? name) =>
        name switch
        {
            "BOOL" => ElementType.Bool,
            "U8" => ElementType.UInt8,
            "I8" => ElementType.Int8,
            "U16" => ElementType.UInt16,
            "I16" => ElementType.Int16,
            "U32" => ElementType.UInt32,
            "I32" => ElementType.Int32,
            "U64" => ElementType.UInt64,
            "I64" => ElementType.Int64,
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "F32" => ElementType.Float32,
            "F64" => ElementType.Float64,
            _ => null,
        };

    /// <summary>The name, or null for complex types, which the format hasn't.</summary>
    public static string? Name(ElementType type) =>
        type switch
        {
            ElementType.Bool => "BOOL",
            ElementType.UInt8 => "U8",
            ElementType.Int8 => "I8",
            ElementType.UInt16 => "U16",
            ElementType.Int16 => "I16",
            ElementType.UInt32 => "U32",
            ElementType.Int32 => "I32",
            ElementType.UInt64 => "U64",
            ElementType.Int64 => "I64",
            ElementType.Float16 => "F16",
            ElementType.BFloat16 => "BF16",
            ElementType.Float32 => "F32",
            ElementType.Float64 => "F64",
            _ => null,
        };
}
