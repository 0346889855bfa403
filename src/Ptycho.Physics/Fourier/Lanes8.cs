using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ptycho.Physics.Fourier;

/// <summary>Eight floats in one 256-bit register; on machines without them the runtime composes the operations.</summary>
internal readonly unsafe struct Lanes8(Vector256<float> value) : ILanes<Lanes8>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) =>
        new(Vector256.MultiplyAddEstimate(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 NegatedMultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) =>
        new(Vector256.MultiplyAddEstimate(-a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 ReciprocalSqrt(Lanes8 a) =>
        Avx.IsSupported
            ? Newton(a, new(Avx.ReciprocalSqrt(a._value)))
            : new(Vector256<float>.One / Vector256.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Divide(Lanes8 a, Lanes8 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Vector256.Max(a._value, b._value));

    // On x86 the second one where either is not a number, elsewhere that one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 AtLeast(Lanes8 least, Lanes8 value) => new(Vector256.MaxNative(least._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 WhereAtLeast(Lanes8 least, Lanes8 value, Lanes8 a, Lanes8 b) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(value._value, least._value), a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 WherePositive(Lanes8 condition, Lanes8 a, Lanes8 b) =>
        new(
            Vector256.ConditionalSelect(
                Vector256.GreaterThanOrEqual(condition._value, Vector256.Create(1.17549435e-38f)),
                a._value,
                b._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes8 a) => Vector256.Sum(a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* source, nint sourceStride, float* destination, nint stride, Lanes8 scale)
    {
        if (!Avx.IsSupported)
        {
            var factor = scale._value.ToScalar();
            for (var r = 0; r < 8; r++)
            for (var c = 0; c < 8; c++)
                destination[c * stride + r] = factor * source[r * sourceStride + c];
            return;
        }

        for (var c = 0; c < 2; c++, source += 4, destination += 4 * stride)
        {
            var t0 = Halves(source, 4 * sourceStride) * scale._value;
            var t1 = Halves(source + sourceStride, 4 * sourceStride) * scale._value;
            var t2 = Halves(source + 2 * sourceStride, 4 * sourceStride) * scale._value;
            var t3 = Halves(source + 3 * sourceStride, 4 * sourceStride) * scale._value;
            var a = Avx.UnpackLow(t0, t1).AsDouble();
            var b = Avx.UnpackHigh(t0, t1).AsDouble();
            var d = Avx.UnpackLow(t2, t3).AsDouble();
            var e = Avx.UnpackHigh(t2, t3).AsDouble();
            Avx.UnpackLow(a, d).AsSingle().Store(destination);
            Avx.UnpackHigh(a, d).AsSingle().Store(destination + stride);
            Avx.UnpackLow(b, e).AsSingle().Store(destination + 2 * stride);
            Avx.UnpackHigh(b, e).AsSingle().Store(destination + 3 * stride);
        }
    }

    // One Newton step squares the error of the estimate.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes8 Newton(Lanes8 a, Lanes8 estimate)
    {
        var half = Broadcast(0.5f) * a * estimate;
        return estimate * NegatedMultiplyAdd(half, estimate, Broadcast(1.5f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint step) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + step));
}
