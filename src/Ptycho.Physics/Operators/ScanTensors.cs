using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>
/// Scans and probes as tensors: one for all objects of a batch (S = 1), or one for each (S = B). What belongs to some
/// frames is made when it is asked for, so that the memory in use follows the number of frames asked for.
/// </summary>
internal sealed class ScanTensors : IDisposable
{
    private static readonly long[] s_frame = [-2, -1];
    private readonly Tensor _offsets;
    private readonly Tensor _partOffsets;
    private readonly Tensor _frequencies;

    /// <param name="scans">S scans of K positions each.</param>
    /// <param name="probes">As many probes, of one shape.</param>
    /// <param name="objectHeight">H.</param>
    /// <param name="objectWidth">W.</param>
    /// <param name="device">Where everything lies.</param>
    /// <param name="movable">Positions may move so far, pixels; 0 for fixed ones.</param>
    /// <param name="windows">The margin of a stack that these scans are a part of; null for what they need.</param>
    internal ScanTensors(
        IReadOnlyList<ScanPattern> scans,
        IReadOnlyList<Probe> probes,
        int objectHeight,
        int objectWidth,
        Device device,
        double movable = 0,
        WindowMap? windows = null
    )
    {
        var (frames, probe) = (scans[0].Count, probes[0]);
        Windows = windows ?? new WindowMap(scans, probe.Height, probe.Width, objectHeight, objectWidth, movable);
        IsFractional = movable > 0 || scans.Any(scan => !scan.IsWhole);
        Modes = probe.ModeCount;
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        Places = PlacesOf([.. scans.SelectMany(scan => scan)], [scans.Count, frames, 1], device).Detach();
        _offsets = Windows.Offsets(device).DetachFromDisposeScope();
        _partOffsets = Windows.PartOffsets(device).DetachFromDisposeScope();
        long[] probeShape = [probes.Count, 1, Modes, probe.Height, probe.Width];
        Probe = FieldTensors
            .ToTensor([.. probes.SelectMany(p => p.Modes)], device)
            .reshape(probeShape)
            .DetachFromDisposeScope();
        Spectrum = IsFractional ? Analysed().DetachFromDisposeScope() : empty([0], complex128).DetachFromDisposeScope();
        var fy = fft.fftfreq(probe.Height, dtype: float64, device: device).unsqueeze(1).expand(-1, probe.Width);
        var fx = fft.fftfreq(probe.Width, dtype: float64, device: device).unsqueeze(0).expand(probe.Height, -1);
        _frequencies = (stack([fy, fx]) * (-2 * Math.PI)).DetachFromDisposeScope();
    }

    /// <summary>The objects' margin.</summary>
    internal WindowMap Windows { get; }

    /// <summary>Whether positions are, or may become, fractions of a pixel.</summary>
    internal bool IsFractional { get; }

    /// <summary>Modes M.</summary>
    internal int Modes { get; }

    /// <summary>All frames, in the scans' order.</summary>
    internal FramePlaces Places { get; }

    /// <summary>
    /// The probes at whole pixels, complex64 [S, 1, M, h, w]. Whoever writes to them calls <see cref="ProbeChanged"/>.
    /// </summary>
    internal Tensor Probe { get; }

    /// <summary>Pixels of one object with its margin.</summary>
    internal long PaddedSize => Windows.PaddedSize;

    private Tensor Spectrum { get; }

    /// <summary>
    /// The probe of some frames, [S, 1, M, h, w] where all positions are whole, else [S, n, M, h, w], moved by each
    /// position's fraction of a pixel (Fourier shift theorem). It belongs to the caller's scope.
    /// </summary>
    /// <param name="places">Places of frames of some objects.</param>
    /// <param name="firstObject">The first of these objects.</param>
    internal Tensor ProbeAt(FramePlaces places, long firstObject = 0)
    {
        using var scope = NewDisposeScope();
        var scans = places.Corners.shape[0];
        if (places.Rows is null || places.Columns is null)
            return Probe.narrow(0, firstObject, scans).MoveToOuterDisposeScope();
        return fft.ifft2(Spectrum.narrow(0, firstObject, scans) * Turn(places.Rows, places.Columns), dim: s_frame)
            .to(complex64)
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The adjoint of the shifts in <see cref="ProbeAt"/>: steps of the shifted probes, [B, n, M, h, w], as those of the
    /// probes at whole pixels, in the same shape; they belong to the caller's scope, and may be the steps themselves.
    /// </summary>
    internal Tensor ToWholePixels(Tensor steps, FramePlaces places)
    {
        if (places.Rows is null || places.Columns is null)
            return steps;
        using var scope = NewDisposeScope();
        var back = Turn(places.Rows.neg(), places.Columns.neg());
        return fft.ifft2(fft.fft2(steps.to(complex128), dim: s_frame) * back, dim: s_frame)
            .to(complex64)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Moves all frames; no further than the scan was made for.</summary>
    /// <param name="positions">Those of the first scan, of the second, …</param>
    internal void MoveTo(ScanPosition[] positions)
    {
        using var scope = NewDisposeScope();
        var moved = PlacesOf(positions, Places.Corners.shape, Places.Corners.device);
        Places.Corners.copy_(moved.Corners);
        Places.Rows!.copy_(moved.Rows!);
        Places.Columns!.copy_(moved.Columns!);
    }

    /// <summary>
    /// The central differences of objects with a margin, by rows and by columns, at some frames: [B, n, h, w] each, in the
    /// caller's scope.
    /// </summary>
    internal (Tensor Rows, Tensor Columns) Differences(Tensor padded, FramePlaces places)
    {
        using var scope = NewDisposeScope();
        Tensor Along(long step)
        {
            var ahead = Windows.Cut(padded, places.Corners + step, _offsets);
            return ahead.sub_(Windows.Cut(padded, places.Corners - step, _offsets)).mul_(0.5);
        }

        return (Along(Windows.RowStride).MoveToOuterDisposeScope(), Along(1).MoveToOuterDisposeScope());
    }

    /// <summary>Brings what is derived from <see cref="Probe"/> up to date.</summary>
    internal void ProbeChanged()
    {
        if (!IsFractional)
            return;
        using var scope = NewDisposeScope();
        Spectrum.copy_(Analysed());
    }

    /// <summary>[B, H, W] → [B, padded]; the object's own values where no window overhangs.</summary>
    internal Tensor Pad(Tensor obj) => Windows.Pad(obj);

    /// <summary>The objects inside of [B, padded] as a view, [B, H, W].</summary>
    internal Tensor Crop(Tensor padded) => Windows.Crop(padded);

    /// <summary>Sets what lies outside of the objects to 0.</summary>
    internal void ClearMargin(Tensor padded)
    {
        if (Windows.Overhangs)
            Windows.ClearMargin(padded);
    }

    /// <summary>The windows of some frames, [B, padded] → [B, n, h, w].</summary>
    internal Tensor Cut(Tensor padded, FramePlaces places) => Windows.Cut(padded, places.Corners, _offsets);

    /// <summary>Adds windows [B, n, h, w] at their places to contiguous [B, padded].</summary>
    internal void Add(Tensor padded, Tensor windows, FramePlaces places) =>
        WindowMap.Add(padded, windows, places.Corners, _partOffsets);

    public void Dispose()
    {
        Places.Dispose();
        _offsets.Dispose();
        _partOffsets.Dispose();
        _frequencies.Dispose();
        Probe.Dispose();
        Spectrum.Dispose();
    }

    private FramePlaces PlacesOf(ScanPosition[] positions, long[] shape, Device device) =>
        new(
            tensor(positions.Select(Windows.Corner).ToArray(), shape, device: device),
            IsFractional ? tensor(positions.Select(p => p.Fraction.Row).ToArray(), shape, device: device) : null,
            IsFractional ? tensor(positions.Select(p => p.Fraction.Column).ToArray(), shape, device: device) : null
        );

    private Tensor Analysed() => fft.fft2(Probe.to(complex128), dim: s_frame);

    private Tensor Turn(Tensor rows, Tensor columns)
    {
        var angle =
            rows.unsqueeze(3).unsqueeze(4) * _frequencies[0] + columns.unsqueeze(3).unsqueeze(4) * _frequencies[1];
        return polar(ones_like(angle), angle);
    }
}
