using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// One frame of one mode to the detector and back: exit = probe · image, the step to the measured amplitudes,
/// target += factor · δ. Reads all of the image before it writes to the target: they may be the same.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal unsafe struct AmplitudeTrip : IRoundTrip
{
    /// <summary>The probe, and the factor of the object's step; contiguous [height, width].</summary>
    public Planes Probe,
        Factor;

    /// <summary>The window's first pixel in the object, and in the plane that the step is added to.</summary>
    public Planes Image,
        Target;

    /// <summary>Weights or null, [width, height], as far fields lie.</summary>
    public float* Weight;

    /// <summary>Amplitudes of this and the next frame, [width, height], or null where they are not kept.</summary>
    public float* Amplitude,
        NextAmplitude;

    /// <summary>The data of this frame, and of the next one or null, [height, width].</summary>
    public float* Values,
        NextValues;

    /// <summary>Whether the data are amplitudes already.</summary>
    public bool IsAmplitude;

    /// <summary>The weight of the frame.</summary>
    public float FrameWeight;

    /// <summary>Floats from row to row of the object's planes.</summary>
    public nint Stride;

    /// <summary>The window's size, and the part of it that lies on the object.</summary>
    public int Height,
        Width,
        Top,
        Left,
        Rows,
        Columns;

    /// <summary>Where δ is kept too, contiguous [height, width], or none.</summary>
    public Planes Kept;

    /// <summary>The image where the next frame lies, or none.</summary>
    public Planes NextImage;

    /// <summary>2·width·T.Count floats: amplitudes of a block that are made anew, and weights of padded columns.</summary>
    public float* Scratch;

    /// <summary>Σ w(|Ψ| − a)² so far.</summary>
    public double Misfit;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Read<T>(int column, int count, Planes block)
        where T : unmanaged, ILanes<T>
    {
        var (probe, image) = (Probe + column, Image + column);
        var (height, width, stride) = (Height, Width, Stride);
        var apart = Target.Re != Image.Re;
        var target = Target + (column + T.Count - 1);
        for (var row = 0; row < height; row++, probe += width, image += stride, block += T.Count)
        {
            if (apart)
            {
                Ahead.Fetch(target.Re);
                Ahead.Fetch(target.Im);
                target += stride;
            }

            if (count == T.Count)
            {
                var (pr, pi) = (T.Load(probe.Re), T.Load(probe.Im));
                var (or, oi) = (T.Load(image.Re), T.Load(image.Im));
                T.Store(T.NegatedMultiplyAdd(pi, oi, pr * or), block.Re);
                T.Store(T.MultiplyAdd(pi, or, pr * oi), block.Im);
                continue;
            }

            T.Store(T.Broadcast(0), block.Re);
            T.Store(T.Broadcast(0), block.Im);
            for (var i = 0; i < count; i++)
            {
                block.Re[i] = probe.Re[i] * image.Re[i] - probe.Im[i] * image.Im[i];
                block.Im[i] = probe.Re[i] * image.Im[i] + probe.Im[i] * image.Re[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Change<T>(int row, int count, Planes block)
        where T : unmanaged, ILanes<T>
    {
        var amplitude = Amplitude + row;
        var weight = Weight;
        var width = Width;
        nint stride = Height;
        nint weightStride = Height;
        var isRoot = true;
        // What is needed next is fetched meanwhile: the frame's own next columns, or the first ones of the next frame.
        var isLast = row + T.Count >= Height;
        var ahead = isLast ? NextAmplitude : amplitude + T.Count;
        nint aheadStride = Height;
        if (Amplitude == null || count < T.Count)
        {
            amplitude = Scratch;
            stride = T.Count;
            Gather<T>(Values + (nint)row * width, count, width, amplitude);
            aheadStride = T.Count;
            isRoot = IsAmplitude;
            ahead = isLast ? NextValues : Values + (nint)(row + T.Count) * width;
        }

        if (ahead == null)
        {
            ahead = amplitude;
            aheadStride = 0;
        }

        if (weight != null)
            weight += row;
        if (count < T.Count)
        {
            // Without a weight the padding would count: zero amplitudes against a far field that is not zero.
            weight = Padded<T>(weight, count, Scratch + width * T.Count);
            weightStride = T.Count;
        }

        var one = T.Broadcast(1);
        var zero = T.Broadcast(0);
        var frame = T.Broadcast(FrameWeight);
        var total = 0.0;
        for (var start = 0; start < width; start += LinesPerSum)
        {
            var sum = zero;
            var end = Math.Min(width, start + LinesPerSum);
            for (var v = start; v < end; v++, block += T.Count, amplitude += stride, ahead += aheadStride)
            {
                Ahead.Fetch(ahead);
                var (re, im) = (T.Load(block.Re), T.Load(block.Im));
                var a = T.Load(amplitude);
                // A data value of 0, or of no meaning where nothing is measured, gives the amplitude 0.
                if (!isRoot)
                    a = T.WherePositive(a, a * T.ReciprocalSqrt(a), zero);
                var w = one;
                if (weight != null)
                {
                    w = frame * T.Load(weight);
                    a = T.WherePositive(w, a, zero);
                    weight += weightStride;
                }

                var intensity = T.MultiplyAdd(re, re, im * im);
                var inverse = T.ReciprocalSqrt(intensity);
                var d = a - T.WherePositive(intensity, intensity * inverse, zero);
                var factor = a * inverse - one;
                var stepRe = T.WherePositive(intensity, re * factor, a);
                var stepIm = T.WherePositive(intensity, im * factor, zero);
                if (weight == null)
                {
                    sum = T.MultiplyAdd(d, d, sum);
                }
                else
                {
                    sum = T.MultiplyAdd(d * w, d, sum);
                    stepRe *= w;
                    stepIm *= w;
                }

                T.Store(stepRe, block.Re);
                T.Store(stepIm, block.Im);
            }

            total += T.Sum(sum);
        }

        Misfit += total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Write<T>(int column, int count, Planes block)
        where T : unmanaged, ILanes<T>
    {
        if (!Kept.IsNone)
            Keep<T>(count, block, Kept + column);
        var first = Math.Max(column, Left);
        var end = Math.Min(column + count, Left + Columns);
        var whole = first == column && end == column + T.Count;
        var factor = Factor + (Top * Width + column);
        var target = Target + (Top * Stride + column);
        var (rows, width, stride) = (Rows, Width, Stride);
        // The last pixel of these columns: the others are there already where windows overlap.
        var next = (NextImage.IsNone ? Image : NextImage) + (column + T.Count - 1);
        block += Top * T.Count;
        for (var row = 0; row < rows; row++, factor += width, target += stride, block += T.Count)
        {
            Ahead.Fetch(next.Re);
            Ahead.Fetch(next.Im);
            next += stride;
            if (whole)
            {
                var (ur, ui) = (T.Load(factor.Re), T.Load(factor.Im));
                var (fr, fi) = (T.Load(block.Re), T.Load(block.Im));
                var re = T.MultiplyAdd(ur, fr, T.Load(target.Re));
                var im = T.MultiplyAdd(ur, fi, T.Load(target.Im));
                T.Store(T.NegatedMultiplyAdd(ui, fi, re), target.Re);
                T.Store(T.MultiplyAdd(ui, fr, im), target.Im);
                continue;
            }

            for (var i = first - column; i < end - column; i++)
            {
                target.Re[i] += factor.Re[i] * block.Re[i] - factor.Im[i] * block.Im[i];
                target.Im[i] += factor.Re[i] * block.Im[i] + factor.Im[i] * block.Re[i];
            }
        }
    }

    private readonly void Keep<T>(int count, Planes block, Planes output)
        where T : unmanaged, ILanes<T>
    {
        for (var row = 0; row < Height; row++, block += T.Count, output += Width)
        {
            new Span<float>(block.Re, count).CopyTo(new Span<float>(output.Re, count));
            new Span<float>(block.Im, count).CopyTo(new Span<float>(output.Im, count));
        }
    }

    // [count, width] rows to [width, T.Count], the padding 0.
    private static void Gather<T>(float* rows, int count, int width, float* block)
        where T : unmanaged, ILanes<T>
    {
        var v = 0;
        var one = T.Broadcast(1);
        if (count == T.Count)
            for (; v <= width - T.Count; v += T.Count)
                T.Transpose(rows + v, width, block + (nint)v * T.Count, T.Count, one);
        for (; v < width; v++)
        for (var lane = 0; lane < T.Count; lane++)
            block[v * T.Count + lane] = lane < count ? rows[(nint)lane * width + v] : 0;
    }

    private readonly float* Padded<T>(float* source, int count, float* output)
        where T : unmanaged, ILanes<T>
    {
        for (nint v = 0; v < Width; v++)
        for (var lane = 0; lane < T.Count; lane++)
        {
            output[v * T.Count + lane] =
                lane >= count ? 0
                : source == null ? 1
                : source[v * Height + lane];
        }

        return output;
    }

    private const int LinesPerSum = 64;
}
