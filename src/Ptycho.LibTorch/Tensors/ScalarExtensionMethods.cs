using System.Globalization;
using System.Numerics;

namespace TorchSharp;

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this bool value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this (float, float) value) => value;

    public static Scalar ToScalar(this Complex value) => value;

    public static bool ToBoolean(this Scalar value) =>
        value.Value is bool b ? b : Convert.ToDouble(value.Value, CultureInfo.InvariantCulture) != 0;

    public static int ToInt32(this Scalar value) => checked((int)value.ToInt64());

    public static long ToInt64(this Scalar value) => Convert.ToInt64(value.Value, CultureInfo.InvariantCulture);

    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    public static double ToDouble(this Scalar value) =>
        value.Value is Complex c ? c.Real : Convert.ToDouble(value.Value, CultureInfo.InvariantCulture);

    public static Complex ToComplexFloat64(this Scalar value) => value.Value is Complex c ? c : value.ToDouble();

    public static (float, float) ToComplexFloat32(this Scalar value)
    {
        var c = value.ToComplexFloat64();
        return ((float)c.Real, (float)c.Imaginary);
    }
}
