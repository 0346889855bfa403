using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ptycho.Physics.Fourier;

/// <summary>Sixteen floats in one 512-bit register (AVX-512).</summary>
internal readonly unsafe struct Lanes16(Vector512<float> value) : ILanes<Lanes16>
{
    private readonly Vector512<float> _value = value;

    public static bool IsSupported => Avx512F.IsSupported && Avx512DQ.IsSupported;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes16 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 a, Lanes16 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 a, Lanes16 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator *(Lanes16 a, Lanes16 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) =>
        new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 NegatedMultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) =>
        new(Avx512F.FusedMultiplyAddNegated(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ReciprocalSqrt(Lanes16 a) => Newton(a, new(Avx512F.ReciprocalSqrt14(a._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Divide(Lanes16 a, Lanes16 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Vector512.Max(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 WherePositive(Lanes16 condition, Lanes16 a, Lanes16 b) =>
        new(
            Vector512.ConditionalSelect(
                Vector512.GreaterThanOrEqual(condition._value, Vector512.Create(1.17549435e-38f)),
                a._value,
                b._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes16 a) => Vector512.Sum(a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* source, nint sourceStride, float* destination, nint stride, Lanes16 scale)
    {
        for (var c = 0; c < 4; c++, source += 4, destination += 4 * stride)
        {
            // Four quarter-rows in one register turn the block into 4×4 transposes inside 128-bit lanes.
            var t0 = Quarters(source, 4 * sourceStride) * scale._value;
            var t1 = Quarters(source + sourceStride, 4 * sourceStride) * scale._value;
            var t2 = Quarters(source + 2 * sourceStride, 4 * sourceStride) * scale._value;
            var t3 = Quarters(source + 3 * sourceStride, 4 * sourceStride) * scale._value;
            var a = Avx512F.UnpackLow(t0, t1).AsDouble();
            var b = Avx512F.UnpackHigh(t0, t1).AsDouble();
            var d = Avx512F.UnpackLow(t2, t3).AsDouble();
            var e = Avx512F.UnpackHigh(t2, t3).AsDouble();
            Avx512F.UnpackLow(a, d).AsSingle().Store(destination);
            Avx512F.UnpackHigh(a, d).AsSingle().Store(destination + stride);
            Avx512F.UnpackLow(b, e).AsSingle().Store(destination + 2 * stride);
            Avx512F.UnpackHigh(b, e).AsSingle().Store(destination + 3 * stride);
        }
    }

    // One Newton step squares the error of the estimate.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes16 Newton(Lanes16 a, Lanes16 estimate)
    {
        var half = Broadcast(0.5f) * a * estimate;
        return estimate * NegatedMultiplyAdd(half, estimate, Broadcast(1.5f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* source, nint step)
    {
        var v = Vector512.CreateScalarUnsafe(0f);
        v = Avx512F.InsertVector128(v, Vector128.Load(source), 0);
        v = Avx512F.InsertVector128(v, Vector128.Load(source + step), 1);
        v = Avx512F.InsertVector128(v, Vector128.Load(source + 2 * step), 2);
        return Avx512F.InsertVector128(v, Vector128.Load(source + 3 * step), 3);
    }
}
