namespace Ptycho.IO.Arrays;

/// <summary>Moves complex values between (real, imaginary) pairs and two planes.</summary>
internal static class ComplexPlanes
{
    /// <summary>The type of the real and the imaginary part of a complex type.</summary>
    public static ElementType PartType(ElementType complex) =>
        complex == ElementType.Complex64 ? ElementType.Float32 : ElementType.Float64;

    /// <summary>Fills pairs from planes; an empty imaginary plane means zeros.</summary>
    public static void Interleave(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> interleaved)
    {
        for (var i = 0; i < real.Length; i++)
        {
            interleaved[2 * i] = real[i];
            interleaved[2 * i + 1] = imaginary.IsEmpty ? 0f : imaginary[i];
        }
    }

    /// <summary>Fills planes from pairs.</summary>
    public static void Split(ReadOnlySpan<float> interleaved, Span<float> real, Span<float> imaginary)
    {
        for (var i = 0; i < real.Length; i++)
        {
            real[i] = interleaved[2 * i];
            imaginary[i] = interleaved[2 * i + 1];
        }
    }
}
