using System.Runtime.CompilerServices;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The element-wise parts of the classical solvers. Windows are h×w, contiguous; the object is a larger plane with
/// its own row stride. Far fields, amplitudes and weights are padded to whole vectors with zeros.
/// Optimised at once: the code of the first tier would be most of a short solve.
/// </summary>
internal static unsafe class FieldKernels<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>exit = probe · image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exit(Planes probe, Planes image, nint imageStride, Planes exit, int height, int width)
    {
        for (var row = 0; row < height; row++, image += imageStride, probe += width, exit += width)
        {
            var i = 0;
            for (; i <= width - T.Count; i += T.Count)
            {
                var (pr, pi) = (T.Load(probe.Re + i), T.Load(probe.Im + i));
                var (or, oi) = (T.Load(image.Re + i), T.Load(image.Im + i));
                T.Store(T.NegatedMultiplyAdd(pi, oi, pr * or), exit.Re + i);
                T.Store(T.MultiplyAdd(pi, or, pr * oi), exit.Im + i);
            }

            for (; i < width; i++)
            {
                exit.Re[i] = probe.Re[i] * image.Re[i] - probe.Im[i] * image.Im[i];
                exit.Im[i] = probe.Re[i] * image.Im[i] + probe.Im[i] * image.Re[i];
            }
        }
    }

    /// <summary>[height, width] → [width, height].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, int height, int width, float* destination)
    {
        var one = T.Broadcast(1);
        var (rows, columns) = (height - height % T.Count, width - width % T.Count);
        for (var row = 0; row < rows; row += T.Count)
        for (var column = 0; column < columns; column += T.Count)
            T.Transpose(source + row * width + column, width, destination + column * height + row, height, one);
        for (var row = 0; row < height; row++)
        for (var column = row < rows ? columns : 0; column < width; column++)
            destination[column * height + row] = source[row * width + column];
    }

    /// <summary>target += factor · field on a part of the window, whose row stride is <paramref name="stride"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        for (var row = 0; row < height; row++, factor += stride, field += stride, target += targetStride)
        {
            var i = 0;
            for (; i <= width - T.Count; i += T.Count)
            {
                var (ur, ui) = (T.Load(factor.Re + i), T.Load(factor.Im + i));
                var (fr, fi) = (T.Load(field.Re + i), T.Load(field.Im + i));
                var re = T.MultiplyAdd(ur, fr, T.Load(target.Re + i));
                var im = T.MultiplyAdd(ur, fi, T.Load(target.Im + i));
                T.Store(T.NegatedMultiplyAdd(ui, fi, re), target.Re + i);
                T.Store(T.MultiplyAdd(ui, fr, im), target.Im + i);
            }

            for (; i < width; i++)
            {
                target.Re[i] += factor.Re[i] * field.Re[i] - factor.Im[i] * field.Im[i];
                target.Im[i] += factor.Re[i] * field.Im[i] + factor.Im[i] * field.Re[i];
            }
        }
    }

    /// <summary>
    /// Replaces the far field by the step to the measured amplitudes, w·(a/|Ψ| − 1)·Ψ, and where Ψ = 0 by w·a.
    /// </summary>
    /// <returns>Σ w(|Ψ| − a)².</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ToAmplitudeStep(
        Planes farField,
        float* measured,
        in IntensityScale scale,
        float* weight,
        float frameWeight,
        int length
    )
    {
        var (dark, darkRoot) = (T.Broadcast(scale.Dark), T.Broadcast(MathF.Sqrt(scale.Dark)));
        var (restore, least) = (T.Broadcast(scale.Restore), T.Broadcast(AmplitudeStep<T>.Least));
        var (zero, minusOne) = (T.Broadcast(0), T.Broadcast(-1));
        var frame = T.Broadcast(frameWeight);
        var total = 0.0;
        for (var start = 0; start < length; start += Block)
        {
            var sum = zero;
            var end = Math.Min(length, start + Block);
            for (var i = start; i < end; i += T.Count)
            {
                var (re, im) = (T.Load(farField.Re + i), T.Load(farField.Im + i));
                var intensity = T.MultiplyAdd(re, re, im * im);
                re = T.WhereAtLeast(dark, intensity, re, darkRoot);
                im = T.WhereAtLeast(dark, intensity, im, zero);
                intensity = T.AtLeast(dark, intensity);
                var factor = AmplitudeStep<T>.Factor(intensity, T.Load(measured + i), restore, least, minusOne);
                var square = factor * intensity;
                if (weight != null)
                {
                    var w = frame * T.Load(weight + i);
                    square *= w;
                    re *= w;
                    im *= w;
                }

                sum = T.MultiplyAdd(square, factor, sum);
                T.Store(re * factor, farField.Re + i);
                T.Store(im * factor, farField.Im + i);
            }

            total += T.Sum(sum);
        }

        return total;
    }

    /// <summary>
    /// The same for incoherent modes, of which the intensities add up: every mode is scaled by w·(a/√Σ|Ψ_m|² − 1);
    /// where all are 0 the first one becomes w·a. Plane m starts <paramref name="modeStride"/>·m floats later.
    /// </summary>
    /// <returns>Σ w(√Σ|Ψ_m|² − a)².</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ToAmplitudeStep(
        Planes farField,
        nint modeStride,
        int modes,
        float* measured,
        in IntensityScale scale,
        float* weight,
        float frameWeight,
        int length
    )
    {
        var (dark, darkRoot) = (T.Broadcast(scale.Dark), T.Broadcast(MathF.Sqrt(scale.Dark)));
        var (restore, least) = (T.Broadcast(scale.Restore), T.Broadcast(AmplitudeStep<T>.Least));
        var (zero, minusOne) = (T.Broadcast(0), T.Broadcast(-1));
        var frame = T.Broadcast(frameWeight);
        var total = 0.0;
        for (var start = 0; start < length; start += Block)
        {
            var sum = zero;
            var end = Math.Min(length, start + Block);
            for (var i = start; i < end; i += T.Count)
            {
                var intensity = zero;
                for (var m = 0; m < modes; m++)
                {
                    var (re, im) = (T.Load(farField.Re + m * modeStride + i), T.Load(farField.Im + m * modeStride + i));
                    intensity = T.MultiplyAdd(re, re, T.MultiplyAdd(im, im, intensity));
                }

                var w = weight == null ? frame : frame * T.Load(weight + i);
                var lit = T.AtLeast(dark, intensity);
                var factor = AmplitudeStep<T>.Factor(lit, T.Load(measured + i), restore, least, minusOne);
                sum = T.MultiplyAdd(w * factor * factor, lit, sum);
                factor *= w;
                for (var m = 0; m < modes; m++)
                {
                    var x = farField.Re + m * modeStride + i;
                    var y = farField.Im + m * modeStride + i;
                    T.Store(factor * T.WhereAtLeast(dark, intensity, T.Load(x), m == 0 ? darkRoot : zero), x);
                    T.Store(factor * T.WhereAtLeast(dark, intensity, T.Load(y), zero), y);
                }
            }

            total += T.Sum(sum);
        }

        return total;
    }

    /// <summary>total += |field|².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddIntensity(Planes field, float* total, int length)
    {
        for (var i = 0; i < length; i += T.Count)
        {
            var (re, im) = (T.Load(field.Re + i), T.Load(field.Im + i));
            T.Store(T.MultiplyAdd(re, re, T.MultiplyAdd(im, im, T.Load(total + i))), total + i);
        }
    }

    /// <summary>output = factor · conj(field) / (a·intensity + b); 0 where the denominator is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        var (va, vb, vf) = (T.Broadcast(a), T.Broadcast(b), T.Broadcast(factor));
        var zero = T.Broadcast(0);
        for (var i = 0; i < length; i += T.Count)
        {
            var denominator = T.MultiplyAdd(va, T.Load(intensity + i), vb);
            var weight = T.WherePositive(denominator, T.Divide(vf, denominator), zero);
            T.Store(weight * T.Load(field.Re + i), output.Re + i);
            T.Store(T.NegatedMultiplyAdd(weight, T.Load(field.Im + i), zero), output.Im + i);
        }
    }

    /// <summary>
    /// target += factor · conj(image) · field / (a·|image|² + b) on a window: the step of the probe. Nothing is added
    /// where the denominator is 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        var (va, vb, vf) = (T.Broadcast(a), T.Broadcast(b), T.Broadcast(factor));
        var zero = T.Broadcast(0);
        for (var row = 0; row < height; row++, image += imageStride, field += width, target += width)
        {
            var i = 0;
            for (; i <= width - T.Count; i += T.Count)
            {
                var (or, oi) = (T.Load(image.Re + i), T.Load(image.Im + i));
                var (fr, fi) = (T.Load(field.Re + i), T.Load(field.Im + i));
                var denominator = T.MultiplyAdd(va, T.MultiplyAdd(or, or, oi * oi), vb);
                var weight = T.WherePositive(denominator, T.Divide(vf, denominator), zero);
                var re = T.MultiplyAdd(or, fr, oi * fi);
                var im = T.NegatedMultiplyAdd(oi, fr, or * fi);
                T.Store(T.MultiplyAdd(weight, re, T.Load(target.Re + i)), target.Re + i);
                T.Store(T.MultiplyAdd(weight, im, T.Load(target.Im + i)), target.Im + i);
            }

            for (; i < width; i++)
            {
                var (or, oi, fr, fi) = (image.Re[i], image.Im[i], field.Re[i], field.Im[i]);
                var denominator = a * (or * or + oi * oi) + b;
                var weight = denominator > 0 ? factor / denominator : 0;
                target.Re[i] += weight * (or * fr + oi * fi);
                target.Im[i] += weight * (or * fi - oi * fr);
            }
        }
    }

    /// <summary>The largest |image|² of a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float LargestIntensity(Planes image, nint imageStride, int height, int width)
    {
        var largest = T.Broadcast(0);
        var rest = 0f;
        for (var row = 0; row < height; row++, image += imageStride)
        {
            var i = 0;
            for (; i <= width - T.Count; i += T.Count)
            {
                var (re, im) = (T.Load(image.Re + i), T.Load(image.Im + i));
                largest = T.Max(largest, T.MultiplyAdd(re, re, im * im));
            }

            for (; i < width; i++)
                rest = Math.Max(rest, image.Re[i] * image.Re[i] + image.Im[i] * image.Im[i]);
        }

        var lanes = stackalloc float[T.Count];
        T.Store(largest, lanes);
        for (var i = 0; i < T.Count; i++)
            rest = Math.Max(rest, lanes[i]);
        return rest;
    }

    /// <summary>total += |image|² of a window, total being contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWindowIntensity(Planes image, nint imageStride, float* total, int height, int width)
    {
        for (var row = 0; row < height; row++, image += imageStride, total += width)
        {
            var i = 0;
            for (; i <= width - T.Count; i += T.Count)
            {
                var (re, im) = (T.Load(image.Re + i), T.Load(image.Im + i));
                T.Store(T.MultiplyAdd(re, re, T.MultiplyAdd(im, im, T.Load(total + i))), total + i);
            }

            for (; i < width; i++)
                total[i] += image.Re[i] * image.Re[i] + image.Im[i] * image.Im[i];
        }
    }

    /// <summary>
    /// The normal equations of the shift that best explains a step of the exit wave: with the central differences ∇o
    /// of the object, Σ|P|²·Re(conj(∂_i o)·∂_j o)·<paramref name="scale"/> and Σ Re(conj(P·∂_i o)·step).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ShiftSums SumShift(
        Planes image,
        nint imageStride,
        Planes probe,
        Planes step,
        int height,
        int width,
        float scale
    )
    {
        var half = T.Broadcast(0.5f);
        var (rr, rc, cc) = (0.0, 0.0, 0.0);
        var (br, bc) = (0.0, 0.0);
        var whole = width - width % T.Count;
        for (var row = 0; row < height; row++, image += imageStride, probe += width, step += width)
        {
            var (srr, src, scc) = (T.Broadcast(0), T.Broadcast(0), T.Broadcast(0));
            var (sr, sc) = (T.Broadcast(0), T.Broadcast(0));
            for (var i = 0; i < whole; i += T.Count)
            {
                var yr = half * (T.Load(image.Re + i + imageStride) - T.Load(image.Re + i - imageStride));
                var yi = half * (T.Load(image.Im + i + imageStride) - T.Load(image.Im + i - imageStride));
                var xr = half * (T.Load(image.Re + i + 1) - T.Load(image.Re + i - 1));
                var xi = half * (T.Load(image.Im + i + 1) - T.Load(image.Im + i - 1));
                var (pr, pi) = (T.Load(probe.Re + i), T.Load(probe.Im + i));
                var (fr, fi) = (T.Load(step.Re + i), T.Load(step.Im + i));
                var intensity = T.MultiplyAdd(pr, pr, pi * pi);
                srr = T.MultiplyAdd(intensity, T.MultiplyAdd(yr, yr, yi * yi), srr);
                src = T.MultiplyAdd(intensity, T.MultiplyAdd(yr, xr, yi * xi), src);
                scc = T.MultiplyAdd(intensity, T.MultiplyAdd(xr, xr, xi * xi), scc);
                // conj(P)·step once, then its real product with each difference.
                var qr = T.MultiplyAdd(pr, fr, pi * fi);
                var qi = T.NegatedMultiplyAdd(pi, fr, pr * fi);
                sr = T.MultiplyAdd(yr, qr, T.MultiplyAdd(yi, qi, sr));
                sc = T.MultiplyAdd(xr, qr, T.MultiplyAdd(xi, qi, sc));
            }

            rr += T.Sum(srr);
            rc += T.Sum(src);
            cc += T.Sum(scc);
            br += T.Sum(sr);
            bc += T.Sum(sc);
            for (var i = whole; i < width; i++)
            {
                var yr = 0.5f * (image.Re[i + imageStride] - image.Re[i - imageStride]);
                var yi = 0.5f * (image.Im[i + imageStride] - image.Im[i - imageStride]);
                var xr = 0.5f * (image.Re[i + 1] - image.Re[i - 1]);
                var xi = 0.5f * (image.Im[i + 1] - image.Im[i - 1]);
                var intensity = probe.Re[i] * probe.Re[i] + probe.Im[i] * probe.Im[i];
                var qr = probe.Re[i] * step.Re[i] + probe.Im[i] * step.Im[i];
                var qi = probe.Re[i] * step.Im[i] - probe.Im[i] * step.Re[i];
                rr += intensity * (yr * yr + yi * yi);
                rc += intensity * (yr * xr + yi * xi);
                cc += intensity * (xr * xr + xi * xi);
                br += yr * qr + yi * qi;
                bc += xr * qr + xi * qi;
            }
        }

        return new ShiftSums(scale * rr, scale * rc, scale * cc, br, bc);
    }

    /// <summary>
    /// One accelerated step on one row: x' = z + μ Σ_c g_c, z = x' + β(x' − x), x = x'. The sums run in the order of
    /// the parts, so the bits do not depend on who computed them. The first <paramref name="used"/> parts are 0 after
    /// it, ready for the next sum. Meanwhile x is fetched so many floats ahead.
    /// </summary>
    /// <returns>0 where all numbers of x' are finite, otherwise NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Accelerate(
        float* x,
        float* z,
        ReadOnlySpan<nint> parts,
        int used,
        int length,
        float step,
        float momentum,
        nint ahead
    )
    {
        var zero = T.Broadcast(0);
        var (mu, beta) = (T.Broadcast(step), T.Broadcast(momentum));
        var (finite, rest) = (zero, 0f);
        var i = 0;
        for (; i <= length - T.Count; i += T.Count)
        {
            Ahead.Fetch(x + i + ahead);
            var sum = zero;
            for (var c = 0; c < parts.Length; c++)
            {
                sum += T.Load((float*)parts[c] + i);
                if (c < used)
                    T.Store(zero, (float*)parts[c] + i);
            }

            var next = T.MultiplyAdd(mu, sum, T.Load(z + i));
            T.Store(T.MultiplyAdd(beta, next - T.Load(x + i), next), z + i);
            T.Store(next, x + i);
            finite = T.MultiplyAdd(zero, next, finite);
        }

        for (; i < length; i++)
        {
            var sum = 0f;
            for (var c = 0; c < parts.Length; c++)
            {
                sum += ((float*)parts[c])[i];
                if (c < used)
                    ((float*)parts[c])[i] = 0;
            }

            var next = z[i] + step * sum;
            z[i] = next + momentum * (next - x[i]);
            x[i] = next;
            rest += 0 * next;
        }

        return rest + T.Sum(finite);
    }

    private const int Block = 1024;
}
