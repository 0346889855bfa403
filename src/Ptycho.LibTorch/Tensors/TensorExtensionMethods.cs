using System.Numerics;
using TorchSharp.Modules;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    public static int ElementSize(this torch.ScalarType type) => torch.SizeOf(type);

    public static bool ToBoolean(this torch.Tensor value) => value.item<bool>();

    public static byte ToByte(this torch.Tensor value) => value.item<byte>();

    public static int ToInt32(this torch.Tensor value) => value.item<int>();

    public static long ToInt64(this torch.Tensor value) => value.item<long>();

    public static float ToSingle(this torch.Tensor value) => value.item<float>();

    public static double ToDouble(this torch.Tensor value) => value.item<double>();

    public static (float Real, float Imaginary) ToComplexFloat32(this torch.Tensor value) =>
        value.item<(float, float)>();

    public static Complex ToComplexFloat64(this torch.Tensor value) => value.item<Complex>();

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (a, b) => a * b);
}
