using System.Runtime.InteropServices;

namespace TorchSharp.Native;

internal enum NativeTag
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    Complex,
    IntList,
    TensorList,
    OptionalTensorList,
    String,
    Device,
    Generator,
    DoubleList,
}

/// <summary>One argument or result of an operator, laid out as in native/shim.cpp.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct NativeValue
{
    [FieldOffset(0)]
    internal NativeTag Tag;

    [FieldOffset(4)]
    internal int Length;

    [FieldOffset(8)]
    internal long Int;

    [FieldOffset(8)]
    internal double Double;

    [FieldOffset(8)]
    internal IntPtr Pointer;

    [FieldOffset(16)]
    internal double Second;
}
