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

    // On x86 the second one where either is not a number, elsewhere that one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 AtLeast(Lanes16 least, Lanes16 value) => new(Vector512.MaxNative(least._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 WhereAtLeast(Lanes16 least, Lanes16 value, Lanes16 a, Lanes16 b) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(value._value, least._value), a._value, b._value));

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
        // Each 128-bit quarter of four rows by itself, then quarters of the four results against each other.
        var (a0, a1, a2, a3) = Quarters(source, sourceStride);
        var (b0, b1, b2, b3) = Quarters(source + 4 * sourceStride, sourceStride);
        var (c0, c1, c2, c3) = Quarters(source + 8 * sourceStride, sourceStride);
        var (d0, d1, d2, d3) = Quarters(source + 12 * sourceStride, sourceStride);
        Exchange(a0, b0, c0, d0, destination, stride, scale._value);
        Exchange(a1, b1, c1, d1, destination + stride, stride, scale._value);
        Exchange(a2, b2, c2, d2, destination + 2 * stride, stride, scale._value);
        Exchange(a3, b3, c3, d3, destination + 3 * stride, stride, scale._value);
    }

    // One Newton step squares the error of the estimate.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes16 Newton(Lanes16 a, Lanes16 estimate)
    {
        var half = Broadcast(0.5f) * a * estimate;
        return estimate * NegatedMultiplyAdd(half, estimate, Broadcast(1.5f));
    }

    // Four rows; quarter q of result i holds their column 4q + i.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) Quarters(
        float* source,
        nint stride
    )
    {
        var (r0, r1) = (Vector512.Load(source), Vector512.Load(source + stride));
        var (r2, r3) = (Vector512.Load(source + 2 * stride), Vector512.Load(source + 3 * stride));
        var a = Avx512F.UnpackLow(r0, r1).AsDouble();
        var b = Avx512F.UnpackHigh(r0, r1).AsDouble();
        var c = Avx512F.UnpackLow(r2, r3).AsDouble();
        var d = Avx512F.UnpackHigh(r2, r3).AsDouble();
        return (
            Avx512F.UnpackLow(a, c).AsSingle(),
            Avx512F.UnpackHigh(a, c).AsSingle(),
            Avx512F.UnpackLow(b, d).AsSingle(),
            Avx512F.UnpackHigh(b, d).AsSingle()
        );
    }

    // Row q takes quarter q of each; the rows lie four apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(
        Vector512<float> a,
        Vector512<float> b,
        Vector512<float> c,
        Vector512<float> d,
        float* destination,
        nint stride,
        Vector512<float> scale
    )
    {
        const byte Low = 0b_01_00_01_00;
        const byte High = 0b_11_10_11_10;
        const byte Even = 0b_10_00_10_00;
        const byte Odd = 0b_11_01_11_01;
        var (ab, cd) = (Avx512F.Shuffle4x128(a, b, Low), Avx512F.Shuffle4x128(c, d, Low));
        (Avx512F.Shuffle4x128(ab, cd, Even) * scale).Store(destination);
        (Avx512F.Shuffle4x128(ab, cd, Odd) * scale).Store(destination + 4 * stride);
        (ab, cd) = (Avx512F.Shuffle4x128(a, b, High), Avx512F.Shuffle4x128(c, d, High));
        (Avx512F.Shuffle4x128(ab, cd, Even) * scale).Store(destination + 8 * stride);
        (Avx512F.Shuffle4x128(ab, cd, Odd) * scale).Store(destination + 12 * stride);
    }
}
