using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Batches;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Measurements of one shape, stacked over objects on a device.</summary>
internal sealed class MeasurementStack : IDisposable
{
    private readonly Tensor _amplitudes;
    private readonly Tensor? _pixelWeights;
    private readonly Tensor? _frameWeights;
    private readonly bool _shared;

    /// <param name="measurements">Of one shape.</param>
    /// <param name="options">The device.</param>
    /// <param name="frameLimit">Bytes that frames under way may take.</param>
    /// <param name="freedom">What changes, by default nothing.</param>
    /// <param name="windows">The margin of the stack that they are left of; null for what they need.</param>
    /// <exception cref="ArgumentException">The bound is too small.</exception>
    public MeasurementStack(
        IReadOnlyList<Measurement> measurements,
        TensorOptions options,
        long frameLimit,
        StackFreedom freedom = default,
        WindowMap? windows = null
    )
    {
        var first = measurements[0];
        (Measurements, Device, Freedom) = (measurements, options.Device ?? CPU, freedom);
        (Frames, Height, Width) = (first.Data.FrameCount, first.Data.Height, first.Data.Width);
        _shared =
            freedom.IsNone
            && measurements.All(m => m.Probe == first.Probe && m.Positions.SequenceEqual(first.Positions));
        var different = _shared ? [first] : measurements;
        var fractional = freedom.Shift > 0 || different.Any(m => !m.Positions.IsWhole);
        var modes = first.Probe.ModeCount;
        Chunks = FrameChunks.Of((long)Height * Width, modes, fractional, _shared, frameLimit);
        if (Chunks.Limit < Chunks.Least)
            throw new ArgumentException(
                $"One frame of {Height}×{Width} with {modes} mode(s) takes {Chunks.Least} bytes, but half of "
                    + $"{nameof(BatchOptions)}.{nameof(BatchOptions.MemoryLimit)} is {Chunks.Limit}.",
                nameof(options)
            );
        Scan = new ScanTensors(
            [.. different.Select(m => m.Positions)],
            [.. different.Select(m => m.Probe)],
            first.ObjectHeight,
            first.ObjectWidth,
            Device,
            freedom.Shift,
            windows
        );
        using var scope = NewDisposeScope();
        _amplitudes = LoadAmplitudes().DetachFromDisposeScope();
        if (measurements.All(m => m.Data.Mask is null))
            return;
        _pixelWeights = stack(measurements.Select(PixelWeights)).to(Device).DetachFromDisposeScope();
        _frameWeights = stack(measurements.Select(FrameWeights)).to(Device).DetachFromDisposeScope();
    }

    public IReadOnlyList<Measurement> Measurements { get; }

    /// <summary>Objects B.</summary>
    public int Count => Measurements.Count;

    public Device Device { get; }

    /// <summary>Frames K of each.</summary>
    public int Frames { get; }

    public int Height { get; }

    public int Width { get; }

    public ScanTensors Scan { get; }

    public FrameChunks Chunks { get; }

    /// <summary>What of <see cref="Scan"/> changes.</summary>
    public StackFreedom Freedom { get; }

    /// <summary>The scans that differ: one, or one an object.</summary>
    public int Scans => _shared ? 1 : Count;

    /// <summary>What the step at the detector needs of some frames; everything belongs to the caller's scope.</summary>
    /// <param name="part">Objects, and which of the frames in <paramref name="places"/>.</param>
    /// <param name="places">Places of frames.</param>
    /// <param name="frames">Their numbers, int64 [n]; null where they are all frames in their own order.</param>
    public StackFrames Take(StackPart part, FramePlaces places, Tensor? frames = null)
    {
        var (b, firstScan) = (part.Object, _shared ? 0 : part.Object);
        var own = places.OfObjects(firstScan, part.Objects).Narrow(part.Frame, part.Frames);
        var numbers = frames?.narrow(0, part.Frame, part.Frames);
        Tensor Of(Tensor t)
        {
            var some = t.narrow(0, b, part.Objects);
            return numbers is null ? some.narrow(1, part.Frame, part.Frames) : some.index_select(1, numbers);
        }

        var weights = _pixelWeights is null ? null : Of(_frameWeights!) * _pixelWeights.narrow(0, b, part.Objects);
        return new StackFrames(own, Scan.ProbeAt(own, firstScan), Of(_amplitudes), weights);
    }

    public void Dispose()
    {
        Scan.Dispose();
        _amplitudes.Dispose();
        _pixelWeights?.Dispose();
        _frameWeights?.Dispose();
    }

    private Tensor LoadAmplitudes()
    {
        long[] shape = [Frames, 1, Height, Width];
        var all = empty([Count, .. shape], float32, Device);
        for (var b = 0; b < Count; b++)
        {
            using var scope = NewDisposeScope();
            all[b].copy_(tensor(Measurements[b].Data.ToAmplitudes(), shape));
        }

        return all;
    }

    private static Tensor PixelWeights(Measurement measurement)
    {
        var (data, mask) = (measurement.Data, measurement.Data.Mask);
        long[] shape = [1, 1, data.Height, data.Width];
        return mask is null ? ones(shape) : tensor(mask.PixelWeights.ToArray(), shape);
    }

    private static Tensor FrameWeights(Measurement measurement)
    {
        var frames = Enumerable.Range(0, measurement.Data.FrameCount);
        var weights = frames.Select(k => measurement.Data.Mask?.FrameWeight(k) ?? 1).ToArray();
        return tensor(weights, [weights.Length, 1, 1, 1]);
    }
}
