namespace Ptycho.IO.Arrays;

/// <summary>What one element of a <see cref="NumericArray"/> is; complex values are (real, imaginary) pairs.</summary>
public enum ElementType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned integer of 8 bits.</summary>
    UInt8,

    /// <summary>Signed integer of 8 bits.</summary>
    Int8,

    /// <summary>Unsigned integer of 16 bits.</summary>
    UInt16,

    /// <summary>Signed integer of 16 bits.</summary>
    Int16,

    /// <summary>Unsigned integer of 32 bits.</summary>
    UInt32,

    /// <summary>Signed integer of 32 bits.</summary>
    Int32,

    /// <summary>Unsigned integer of 64 bits.</summary>
    UInt64,

    /// <summary>Signed integer of 64 bits.</summary>
    Int64,

    /// <summary>IEEE 754 half precision.</summary>
    Float16,

    /// <summary>The upper 16 bits of a float32.</summary>
    BFloat16,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,

    /// <summary>Two float32: real, imaginary.</summary>
    Complex64,

    /// <summary>Two float64: real, imaginary.</summary>
    Complex128,
}
