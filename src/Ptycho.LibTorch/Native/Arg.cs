using System.Numerics;

namespace TorchSharp.Native;

/// <summary>An operator's argument: its kind, its value, and the object that must outlive the call.</summary>
internal readonly struct Arg
{
    internal readonly NativeTag Tag;
    internal readonly long Int;
    internal readonly double First;
    internal readonly double Second;
    internal readonly object? Reference;

    private Arg(NativeTag tag, long i = 0, double first = 0, double second = 0, object? reference = null)
    {
        Tag = tag;
        Int = i;
        First = first;
        Second = second;
        Reference = reference;
    }

    internal static Arg None => default;

    public static implicit operator Arg(torch.Tensor? t) => t is null ? default : new(NativeTag.Tensor, reference: t);

    public static implicit operator Arg(long v) => new(NativeTag.Int, v);

    public static implicit operator Arg(long? v) => v is { } value ? new(NativeTag.Int, value) : default;

    public static implicit operator Arg(double v) => new(NativeTag.Double, first: v);

    public static implicit operator Arg(double? v) => v is { } value ? new(NativeTag.Double, first: value) : default;

    public static implicit operator Arg(bool v) => new(NativeTag.Bool, v ? 1 : 0);

    public static implicit operator Arg(bool? v) => v is { } value ? new(NativeTag.Bool, value ? 1 : 0) : default;

    public static implicit operator Arg(long[]? v) => v is null ? default : new(NativeTag.IntList, reference: v);

    public static implicit operator Arg(double[]? v) => v is null ? default : new(NativeTag.DoubleList, reference: v);

    public static implicit operator Arg(string? v) => v is null ? default : new(NativeTag.String, reference: v);

    public static implicit operator Arg(torch.ScalarType? v) =>
        v is { } value ? new(NativeTag.Int, (long)value) : default;

    public static implicit operator Arg(torch.ScalarType v) => new(NativeTag.Int, (long)v);

    public static implicit operator Arg(torch.Device? v) =>
        v is null ? default : new(NativeTag.Device, (long)v.type, second: v.index);

    public static implicit operator Arg(torch.Generator? v) =>
        v is null ? default : new(NativeTag.Generator, reference: v);

    public static implicit operator Arg(Scalar? v) =>
        v?.Value switch
        {
            null => default,
            bool b => new(NativeTag.Bool, b ? 1 : 0),
            long i => new(NativeTag.Int, i),
            double d => new(NativeTag.Double, first: d),
            Complex c => new(NativeTag.Complex, first: c.Real, second: c.Imaginary),
            var other => throw new NotSupportedException($"Scalar of {other.GetType().Name}."),
        };

    internal static Arg Tensors(IList<torch.Tensor> list) => new(NativeTag.TensorList, reference: list);

    internal static Arg OptionalTensors(IList<torch.Tensor?> list) =>
        new(NativeTag.OptionalTensorList, reference: list);
}
