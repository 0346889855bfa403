using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>Calls <see cref="FieldKernels{T}"/> with the widest vectors of this machine.</summary>
internal static unsafe class Kernel
{
    /// <summary>Lengths of padded planes are multiples of this.</summary>
    public const int Padding = 16;

    public static int Padded(int length) => checked(length + Padding - 1) / Padding * Padding;

    /// <summary>
    /// Floats from row to row of a plane whose rows hold so many: an odd number of cache lines, so that what lies below
    /// one another is not crowded into a few sets of the caches.
    /// </summary>
    public static int RowStride(int length) => checked(((length + Padding - 1) / Padding | 1) * Padding);

    public static void Exit(Planes probe, Planes image, nint imageStride, Planes exit, int height, int width)
    {
        if (Lanes16.IsSupported)
            FieldKernels<Lanes16>.Exit(probe, image, imageStride, exit, height, width);
        else
            FieldKernels<Lanes8>.Exit(probe, image, imageStride, exit, height, width);
    }

    public static void Transpose(float* source, int height, int width, float* destination)
    {
        if (Lanes16.IsSupported)
            FieldKernels<Lanes16>.Transpose(source, height, width, destination);
        else
            FieldKernels<Lanes8>.Transpose(source, height, width, destination);
    }

    public static void AddProduct(
        Planes factor,
        Planes field,
        nint stride,
        Planes target,
        nint targetStride,
        int height,
        int width
    )
    {
        if (Lanes16.IsSupported)
            FieldKernels<Lanes16>.AddProduct(factor, field, stride, target, targetStride, height, width);
        else
            FieldKernels<Lanes8>.AddProduct(factor, field, stride, target, targetStride, height, width);
    }

    public static double ToAmplitudeStep(
        Planes farField,
        int modes,
        float* measured,
        in IntensityScale scale,
        float* weight,
        float frameWeight,
        int length
    )
    {
        nint stride = 2 * length;
        if (modes == 1 && Lanes16.IsSupported)
            return FieldKernels<Lanes16>.ToAmplitudeStep(farField, measured, scale, weight, frameWeight, length);
        if (modes == 1)
            return FieldKernels<Lanes8>.ToAmplitudeStep(farField, measured, scale, weight, frameWeight, length);
        return Lanes16.IsSupported
            ? FieldKernels<Lanes16>.ToAmplitudeStep(
                farField,
                stride,
                modes,
                measured,
                scale,
                weight,
                frameWeight,
                length
            )
            : FieldKernels<Lanes8>.ToAmplitudeStep(
                farField,
                stride,
                modes,
                measured,
                scale,
                weight,
                frameWeight,
                length
            );
    }

    public static void AddIntensity(Planes field, float* total, int length)
    {
        if (Lanes16.IsSupported)
            FieldKernels<Lanes16>.AddIntensity(field, total, length);
        else
            FieldKernels<Lanes8>.AddIntensity(field, total, length);
    }

    public static void ConjugateOver(
        Planes field,
        float* intensity,
        float a,
        float b,
        float factor,
        Planes output,
        int length
    )
    {
        if (Lanes16.IsSupported)
            FieldKernels<Lanes16>.ConjugateOver(field, intensity, a, b, factor, output, length);
        else
            FieldKernels<Lanes8>.ConjugateOver(field, intensity, a, b, factor, output, length);
    }

    public static void AddProbeStep(
        Planes image,
        nint imageStride,
        Planes field,
        Planes target,
        int height,
        int width,
        float factor,
        float a,
        float b
    )
    {
        if (Lanes16.IsSupported)
            FieldKernels<Lanes16>.AddProbeStep(image, imageStride, field, target, height, width, factor, a, b);
        else
            FieldKernels<Lanes8>.AddProbeStep(image, imageStride, field, target, height, width, factor, a, b);
    }

    public static float LargestIntensity(Planes image, nint imageStride, int height, int width) =>
        Lanes16.IsSupported
            ? FieldKernels<Lanes16>.LargestIntensity(image, imageStride, height, width)
            : FieldKernels<Lanes8>.LargestIntensity(image, imageStride, height, width);

    public static void AddWindowIntensity(Planes image, nint imageStride, float* total, int height, int width)
    {
        if (Lanes16.IsSupported)
            FieldKernels<Lanes16>.AddWindowIntensity(image, imageStride, total, height, width);
        else
            FieldKernels<Lanes8>.AddWindowIntensity(image, imageStride, total, height, width);
    }

    public static ShiftSums SumShift(
        Planes image,
        nint imageStride,
        Planes probe,
        Planes step,
        int height,
        int width,
        float scale
    ) =>
        Lanes16.IsSupported
            ? FieldKernels<Lanes16>.SumShift(image, imageStride, probe, step, height, width, scale)
            : FieldKernels<Lanes8>.SumShift(image, imageStride, probe, step, height, width, scale);

    public static float Accelerate(
        float* x,
        float* z,
        ReadOnlySpan<nint> parts,
        int used,
        int length,
        float step,
        float momentum,
        nint ahead
    ) =>
        Lanes16.IsSupported
            ? FieldKernels<Lanes16>.Accelerate(x, z, parts, used, length, step, momentum, ahead)
            : FieldKernels<Lanes8>.Accelerate(x, z, parts, used, length, step, momentum, ahead);
}
