using System.Numerics;

namespace TorchSharp;

/// <summary>A number as an operator's argument.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(object value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    public torch.ScalarType Type { get; }

    /// <summary>A bool, long, double or Complex.</summary>
    internal object Value { get; }

    public static implicit operator Scalar(bool value) => new(value, torch.ScalarType.Bool);

    public static implicit operator Scalar(byte value) => new((long)value, torch.ScalarType.Byte);

    public static implicit operator Scalar(sbyte value) => new((long)value, torch.ScalarType.Int8);

    public static implicit operator Scalar(short value) => new((long)value, torch.ScalarType.Int16);

    public static implicit operator Scalar(int value) => new((long)value, torch.ScalarType.Int32);

    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(Half value) => new((double)value, torch.ScalarType.Float16);

    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float32);

    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    public static implicit operator Scalar((float, float) value) =>
        new(new Complex(value.Item1, value.Item2), torch.ScalarType.ComplexFloat32);

    public static implicit operator Scalar(Complex value) => new(value, torch.ScalarType.ComplexFloat64);

    public void Dispose() { }
}
