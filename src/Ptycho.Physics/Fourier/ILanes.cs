namespace Ptycho.Physics.Fourier;

/// <summary>
/// The few vector operations that the kernels need, so that one source serves 512- and 256-bit registers.
/// </summary>
internal unsafe interface ILanes<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>Floats in a vector.</summary>
    public static abstract int Count { get; }

    public static abstract T Load(float* source);

    public static abstract T Broadcast(float value);

    public static abstract void Store(T value, float* destination);

    public static abstract T operator +(T a, T b);

    public static abstract T operator -(T a, T b);

    public static abstract T operator *(T a, T b);

    /// <summary>a·b + c.</summary>
    public static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>c − a·b.</summary>
    public static abstract T NegatedMultiplyAdd(T a, T b, T c);

    /// <summary>1/√a to float accuracy for normal a &gt; 0; anything else gives anything.</summary>
    public static abstract T ReciprocalSqrt(T a);

    public static abstract T Divide(T a, T b);

    public static abstract T Max(T a, T b);

    /// <summary>The larger of both; a value that is not a number stays one.</summary>
    public static abstract T AtLeast(T least, T value);

    /// <summary>a where the value is at least so much, otherwise b.</summary>
    public static abstract T WhereAtLeast(T least, T value, T a, T b);

    /// <summary>a where the condition is a normal number above 0, otherwise b.</summary>
    public static abstract T WherePositive(T condition, T a, T b);

    public static abstract float Sum(T a);

    /// <summary>
    /// Transposes a Count×Count block times <paramref name="scale"/>; strides in floats.
    /// </summary>
    public static abstract void Transpose(float* source, nint sourceStride, float* destination, nint stride, T scale);
}
