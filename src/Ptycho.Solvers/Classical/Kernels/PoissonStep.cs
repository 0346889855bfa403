using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The detector's step for counted photons: with I = Σ|Ψ_m|², m = I + b and n = a² + b, the energy
/// ¼ Σ w(m − n + n·ln(n/m)) and its descent direction ½w(n/m − 1)Ψ, of the curvature that the amplitude model has at
/// I = a². Scratch memory of its own: one a thread.
/// </summary>
internal sealed unsafe class PoissonStep
{
    // Half a count keeps the logarithm finite where the model is dark.
    private const double BackgroundCounts = 0.5;
    private const double BackgroundShare = 1e-6;
    private readonly int _length;
    private readonly float _background;
    private readonly float _toUnits;
    private readonly AlignedBuffer _intensity;
    private readonly AlignedBuffer _data;
    private readonly AlignedBuffer _work;
    private readonly AlignedBuffer _root;

    public PoissonStep(ScanPlan plan)
    {
        _length = plan.PaddedSize;
        _background = Background(plan.Measurement.Data);
        _toUnits = (float)plan.Scale.ToUnits;
        _intensity = new AlignedBuffer(_length);
        _data = new AlignedBuffer(_length);
        _work = new AlignedBuffer(_length);
        _root = new AlignedBuffer(_length);
    }

    /// <summary>The energy of the last step.</summary>
    public double Energy { get; private set; }

    /// <summary>Replaces the far field of all modes by the descent direction.</summary>
    /// <returns>The amplitude misfit Σ w(√I − a)².</returns>
    public double Apply(Planes farField, int modes, float* measured, float* weight, float frameWeight)
    {
        var (i, n, work, root) = (_intensity, _data, _work, _root);
        i.Span.Clear();
        for (var m = 0; m < modes; m++)
            Kernel.AddIntensity(farField + (nint)m * 2 * _length, i.Pointer, _length);
        TensorPrimitives.Multiply(new ReadOnlySpan<float>(measured, _length), _toUnits, n.Span);
        var w = weight == null ? default : new ReadOnlySpan<float>(weight, _length);

        TensorPrimitives.Sqrt(n.Span, root.Span);
        TensorPrimitives.Sqrt(i.Span, work.Span);
        TensorPrimitives.Subtract(work.Span, root.Span, work.Span);
        TensorPrimitives.Multiply(work.Span, work.Span, work.Span);
        var misfit = frameWeight * Sum(work.Span, w);

        TensorPrimitives.Add(n.Span, _background, n.Span);
        TensorPrimitives.Add(i.Span, _background, i.Span);

        // x = m/n − 1 and n(x − ln(1 + x)), which loses less than the difference of large numbers.
        TensorPrimitives.Divide(i.Span, n.Span, work.Span);
        TensorPrimitives.Subtract(work.Span, 1, work.Span);
        TensorPrimitives.Divide(n.Span, i.Span, i.Span);
        LogTerm(work.Span, n.Span);
        Energy = 0.25 * frameWeight * Sum(n.Span, w);

        TensorPrimitives.Subtract(i.Span, 1, i.Span);
        TensorPrimitives.Multiply(i.Span, 0.5f * frameWeight, i.Span);
        if (!w.IsEmpty)
            TensorPrimitives.Multiply(i.Span, w, i.Span);
        for (var m = 0; m < modes; m++)
        {
            var plane = farField + (nint)m * 2 * _length;
            foreach (var part in (ReadOnlySpan<nint>)[(nint)plane.Re, (nint)plane.Im])
            {
                var values = new Span<float>((float*)part, _length);
                TensorPrimitives.Multiply(values, i.Span, values);
            }
        }

        GC.KeepAlive(this);
        return misfit;
    }

    private static void LogTerm(Span<float> x, Span<float> n)
    {
        for (var i = 0; i < x.Length; i++)
        {
            // Below, the series is more exact than the logarithm of a number near 1.
            var y = x[i];
            var term = Math.Abs(y) < 0.01f ? y * y * (0.5f - y * (1f / 3 - 0.25f * y)) : y - MathF.Log(1 + y);
            n[i] *= term;
        }
    }

    private static double Sum(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        const int Block = 1024;
        var sum = 0.0;
        for (var start = 0; start < values.Length; start += Block)
        {
            var length = Math.Min(Block, values.Length - start);
            var part = values.Slice(start, length);
            sum += weights.IsEmpty
                ? TensorPrimitives.Sum(part)
                : TensorPrimitives.Dot(part, weights.Slice(start, length));
        }

        return sum;
    }

    private static float Background(DiffractionData data)
    {
        if (data.CountsPerUnit is { } counts)
            return (float)(BackgroundCounts / counts);
        var largest = 0f;
        var size = data.Height * data.Width;
        for (var k = 0; k < data.FrameCount; k++)
        for (var i = 0; i < size; i++)
            if (data.Mask?.FrameWeight(k) != 0 && data.Mask?.PixelWeights[i] != 0)
                largest = Math.Max(largest, data.Values[k * size + i]);
        return (float)(BackgroundShare * (data.Unit == DiffractionUnit.Amplitude ? largest * largest : largest));
    }
}
