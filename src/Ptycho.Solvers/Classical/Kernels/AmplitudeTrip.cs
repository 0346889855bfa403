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

    /// <summary>The window's first pixel in the object.</summary>
    public Planes Image;

    /// <summary>Where the step is added.</summary>
    public WindowPlace Target;

    /// <summary>Weights or null, [width, height], as far fields lie.</summary>
    public float* Weight;

    /// <summary>Scaled intensities of this and the next frame, [width, height], or null where they are not kept.</summary>
    public float* Intensity,
        NextIntensity;

    /// <summary>The data of this frame, and of the next one or null, [height, width].</summary>
    public float* Values,
        NextValues;

    /// <summary>How intensities are made from the data, and compared with far fields.</summary>
    public IntensityScale Scale;

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

    /// <summary>2·width·T.Count floats: intensities of a block that are made anew, and weights of padded columns.</summary>
    public float* Scratch;

    /// <summary>Σ w(|Ψ| − a)² so far.</summary>
    public double Misfit;

    /// <summary>0 while all that was written to the image is finite, otherwise NaN.</summary>
    public float Written;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Read<T>(int column, int count, Planes block)
        where T : unmanaged, ILanes<T>
    {
        var (probe, image) = (Probe + column, Image + column);
        var (height, width, stride) = (Height, Width, Stride);
        var apart = Target.First.Re != Image.Re;
        var target = Target.First + (column + T.Count - 1);
        for (var row = 0; row < height; row++, probe += width, image += stride, block += T.Count)
        {
            if (apart)
            {
                if (row == Target.Turn)
                    target += -Target.Back;
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
        var measured = Intensity + row;
        var weight = Weight;
        var width = Width;
        nint stride = Height;
        nint weightStride = Height;
        // What is needed next is fetched meanwhile: the frame's own next columns, or the first ones of the next frame.
        var isLast = row + T.Count >= Height;
        var next = isLast ? NextIntensity : measured + T.Count;
        if (Intensity == null || count < T.Count)
        {
            measured = Scratch;
            stride = T.Count;
            Gather<T>(Values + (nint)row * width, count, width, measured);
            next = isLast ? NextValues : Values + (nint)(row + T.Count) * width;
        }

        var ahead = next == null ? 0 : (nint)(next - measured);
        if (weight != null)
            weight += row;
        if (count < T.Count)
        {
            // Without a weight the padding would count: nothing measured against a far field that is not zero.
            weight = Padded<T>(weight, count, Scratch + width * T.Count);
            weightStride = T.Count;
        }

        var (dark, darkRoot) = (T.Broadcast(Scale.Dark), T.Broadcast(MathF.Sqrt(Scale.Dark)));
        var (restore, least) = (T.Broadcast(Scale.Restore), T.Broadcast(AmplitudeStep<T>.Least));
        var (zero, minusOne) = (T.Broadcast(0), T.Broadcast(-1));
        var frame = T.Broadcast(FrameWeight);
        var total = 0.0;
        for (var start = 0; start < width; start += LinesPerSum)
        {
            var sum = zero;
            var end = Math.Min(width, start + LinesPerSum);
            for (var v = start; v < end; v++, block += T.Count, measured += stride)
            {
                Ahead.Fetch(measured + ahead);
                var (re, im) = (T.Load(block.Re), T.Load(block.Im));
                var i = T.Load(measured);
                var w = minusOne;
                if (weight != null)
                {
                    // Where nothing is measured the data may be anything.
                    w = frame * T.Load(weight);
                    i = T.WherePositive(w, i, zero);
                    weight += weightStride;
                }

                var intensity = T.MultiplyAdd(re, re, im * im);
                re = T.WhereAtLeast(dark, intensity, re, darkRoot);
                im = T.WhereAtLeast(dark, intensity, im, zero);
                intensity = T.AtLeast(dark, intensity);
                var factor = AmplitudeStep<T>.Factor(intensity, i, restore, least, minusOne);
                var square = factor * intensity;
                if (weight != null)
                {
                    square *= w;
                    re *= w;
                    im *= w;
                }

                sum = T.MultiplyAdd(square, factor, sum);
                T.Store(re * factor, block.Re);
                T.Store(im * factor, block.Im);
            }

            total += T.Sum(sum);
        }

        Misfit += total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write<T>(int column, int count, Planes block)
        where T : unmanaged, ILanes<T>
    {
        if (!Kept.IsNone)
            Keep<T>(count, block, Kept + column);
        var first = Math.Max(column, Left);
        var end = Math.Min(column + count, Left + Columns);
        var whole = first == column && end == column + T.Count;
        var factor = Factor + (Top * Width + column);
        var (rows, width, stride, turn) = (Rows, Width, Stride, Target.Turn - Top);
        var target = Target.First + (Top * Stride + column);
        if (turn < 0)
            target += -Target.Back;
        // The last pixel of these columns: the others are there already where windows overlap.
        var next = (NextImage.IsNone ? Image : NextImage) + (column + T.Count - 1);
        block += Top * T.Count;
        // 0 times a number that is not finite is none: what is written is looked through while it is at hand.
        var check = Target.First.Re == Image.Re;
        var zero = T.Broadcast(0);
        var (finite, finiteIm, rest) = (zero, zero, 0f);
        for (var row = 0; row < rows; row++, factor += width, target += stride, block += T.Count)
        {
            Ahead.Fetch(next.Re);
            Ahead.Fetch(next.Im);
            next += stride;
            if (row == turn)
                target += -Target.Back;
            if (whole)
            {
                var (ur, ui) = (T.Load(factor.Re), T.Load(factor.Im));
                var (fr, fi) = (T.Load(block.Re), T.Load(block.Im));
                var re = T.MultiplyAdd(ur, fr, T.Load(target.Re));
                var im = T.MultiplyAdd(ur, fi, T.Load(target.Im));
                re = T.NegatedMultiplyAdd(ui, fi, re);
                im = T.MultiplyAdd(ui, fr, im);
                T.Store(re, target.Re);
                T.Store(im, target.Im);
                if (check)
                {
                    finite = T.MultiplyAdd(zero, re, finite);
                    finiteIm = T.MultiplyAdd(zero, im, finiteIm);
                }

                continue;
            }

            for (var i = first - column; i < end - column; i++)
            {
                target.Re[i] += factor.Re[i] * block.Re[i] - factor.Im[i] * block.Im[i];
                target.Im[i] += factor.Re[i] * block.Im[i] + factor.Im[i] * block.Re[i];
                rest += 0 * target.Re[i] + 0 * target.Im[i];
            }
        }

        if (check)
            Written += rest + T.Sum(finite + finiteIm);
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

    // [count, width] rows to [width, T.Count] intensities, the padding 0.
    private readonly void Gather<T>(float* rows, int count, int width, float* block)
        where T : unmanaged, ILanes<T>
    {
        var v = 0;
        var factor = T.Broadcast(Scale.Factor);
        if (count == T.Count)
            for (; v <= width - T.Count; v += T.Count)
                T.Transpose(rows + v, width, block + (nint)v * T.Count, T.Count, factor);
        for (; v < width; v++)
        for (var lane = 0; lane < T.Count; lane++)
            block[v * T.Count + lane] = lane < count ? Scale.Factor * rows[(nint)lane * width + v] : 0;
        for (v = 0; v < width && Scale.IsAmplitude; v++, block += T.Count)
            T.Store(T.Load(block) * T.Load(block), block);
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
