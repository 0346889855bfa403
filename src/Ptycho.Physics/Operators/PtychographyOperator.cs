using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>
/// Far-field ptychography, ψ_km = F(P_km · D_k f), with the orthonormal Fourier transform; the object is 0 outside its
/// frame. At fractional positions the probe is shifted by the Fourier shift theorem, so that AᴴA stays diagonal.
/// With a bound on memory, frames (and where need be objects) go through in parts, and probes are shifted anew for each
/// part. Not for two threads at once.
/// </summary>
public sealed class PtychographyOperator : IForwardOperator, INormalDiagonal, IDisposable
{
    private readonly ScanTensors _scan;
    private readonly FrameChunks _chunks;
    private readonly Tensor? _probe;

    /// <summary>The operator of a measurement's probe, positions and object frame.</summary>
    /// <inheritdoc cref="PtychographyOperator(Probe, ScanPattern, int, int, Device, long?)"/>
    /// <param name="measurement">The measurement.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    /// <param name="memoryLimit">As in the other constructor.</param>
    public PtychographyOperator(Measurement measurement, Device? device = null, long? memoryLimit = null)
        : this(
            (measurement ?? throw new ArgumentNullException(nameof(measurement))).Probe,
            measurement.Positions,
            measurement.ObjectHeight,
            measurement.ObjectWidth,
            device,
            memoryLimit
        ) { }

    /// <summary>An operator from its parts.</summary>
    /// <param name="probe">M modes of h×w; copied.</param>
    /// <param name="positions">K window corners (y, x) in pixels; each window must touch the object.</param>
    /// <param name="objectHeight">H.</param>
    /// <param name="objectWidth">W.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    /// <exception cref="ArgumentException">A window lies entirely outside the object (its frame is named).</exception>
    /// <param name="memoryLimit">
    /// Bytes that a call may use for frames under way, beyond its argument, its result and one copy of the objects with
    /// a margin; null (the default) takes all frames at once. Results are the same to rounding. Under autograd every
    /// part's intermediate results are kept until the backward pass.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the bound too small for one frame.</exception>
    public PtychographyOperator(
        Probe probe,
        ScanPattern positions,
        int objectHeight,
        int objectWidth,
        Device? device = null,
        long? memoryLimit = null
    )
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectWidth, 1);
        WindowCheck.RequireInside(positions, probe.Height, probe.Width, objectHeight, objectWidth);
        var (modes, pixels) = (probe.ModeCount, (long)probe.Height * probe.Width);
        _chunks = FrameChunks.Of(pixels, modes, !positions.IsWhole, sharesScan: true, memoryLimit ?? long.MaxValue);
        if (_chunks.Limit < _chunks.Least)
            throw new ArgumentOutOfRangeException(
                nameof(memoryLimit),
                memoryLimit,
                $"One frame of {probe.Height}×{probe.Width} with {modes} mode(s) takes {_chunks.Least} bytes."
            );
        ObjectShape = (objectHeight, objectWidth);
        FarFieldShape = (positions.Count, modes, probe.Height, probe.Width);
        _scan = new ScanTensors([positions], [probe], objectHeight, objectWidth, device ?? CPU);

        using var scope = NewDisposeScope();
        using var guard = no_grad();
        if (memoryLimit is null)
            _probe = _scan.ProbeAt(_scan.Places).DetachFromDisposeScope();
        NormalDiagonal = Illumination().DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public (long Height, long Width) ObjectShape { get; }

    /// <inheritdoc />
    public (long Frames, long Modes, long Height, long Width) FarFieldShape { get; }

    /// <inheritdoc />
    public Tensor NormalDiagonal { get; }

    /// <inheritdoc />
    public Tensor Forward(Tensor obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        Require(obj, "object", 3, [ObjectShape.Height, ObjectShape.Width]);
        using var scope = NewDisposeScope();
        var padded = _scan.Pad(obj);
        var (batch, shape) = (obj.shape[0], FarFieldShape);
        var parts = _chunks.Parts(batch, shape.Frames).ToArray();
        if (parts.Length == 1)
            return Forward(padded, parts[0]).MoveToOuterDisposeScope();
        long[] whole = [batch, shape.Frames, shape.Modes, shape.Height, shape.Width];
        var farField = empty(whole, obj.dtype, obj.device);
        foreach (var part in parts)
        {
            using var inner = NewDisposeScope();
            Of(farField, part).copy_(Forward(padded, part));
        }

        return farField.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Adjoint(Tensor farField)
    {
        ArgumentNullException.ThrowIfNull(farField);
        var shape = FarFieldShape;
        Require(farField, "far field", 5, [shape.Frames, shape.Modes, shape.Height, shape.Width]);
        using var scope = NewDisposeScope();
        var batch = farField.shape[0];
        var sum = zeros([batch, _scan.PaddedSize], farField.dtype, farField.device);
        foreach (var part in _chunks.Parts(batch, shape.Frames))
        {
            using var inner = NewDisposeScope();
            var (places, probe) = At(part);
            var exit = fft.ifft2(Of(farField, part), norm: TorchSharp.FFTNormType.Ortho) * probe.conj_physical();
            var windows = shape.Modes == 1 ? exit.squeeze(2) : exit.sum(2);
            _scan.Add(sum.narrow(0, part.Object, part.Objects), windows, places);
        }

        return _scan.Crop(sum).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Frees the operator's tensors.</summary>
    public void Dispose()
    {
        _scan.Dispose();
        _probe?.Dispose();
        NormalDiagonal.Dispose();
    }

    private Tensor Forward(Tensor padded, StackPart part)
    {
        using var scope = NewDisposeScope();
        var (places, probe) = At(part);
        var exit = _scan.Cut(padded.narrow(0, part.Object, part.Objects), places).unsqueeze(2) * probe;
        return fft.fft2(exit, norm: TorchSharp.FFTNormType.Ortho).MoveToOuterDisposeScope();
    }

    private (FramePlaces Places, Tensor Probe) At(StackPart part)
    {
        var places = _scan.Places.Narrow(part.Frame, part.Frames);
        if (_probe is null)
            return (places, _scan.ProbeAt(places));
        // One probe for all frames, or one for each.
        return (places, _probe.shape[1] == 1 ? _probe : _probe.narrow(1, part.Frame, part.Frames));
    }

    private Tensor Illumination()
    {
        using var scope = NewDisposeScope();
        var shape = FarFieldShape;
        var sum = zeros([1, _scan.PaddedSize], complex64, _scan.Probe.device);
        foreach (var part in _chunks.Parts(1, shape.Frames))
        {
            using var inner = NewDisposeScope();
            var (places, probe) = At(part);
            var light = probe.abs().square().sum(2).expand(1, part.Frames, shape.Height, shape.Width);
            _scan.Add(sum, complex(light, zeros_like(light)), places);
        }

        return _scan.Crop(sum).real.squeeze(0).clone().MoveToOuterDisposeScope();
    }

    private static Tensor Of(Tensor farField, StackPart part) =>
        farField.narrow(0, part.Object, part.Objects).narrow(1, part.Frame, part.Frames);

    private static void Require(Tensor t, string what, int rank, long[] tail)
    {
        var shape = t.shape;
        if (t.dtype == complex64 && shape.Length == rank && shape[0] > 0 && shape.AsSpan(1).SequenceEqual(tail))
            return;
        throw new ArgumentException(
            $"The {what} must be complex64 [B, {string.Join(", ", tail)}], not {t.dtype} [{string.Join(", ", shape)}].",
            nameof(t)
        );
    }
}
