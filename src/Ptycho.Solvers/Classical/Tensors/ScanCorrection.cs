using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// The positions of a stack's objects while they are corrected; <see cref="PositionCorrection"/> has the rule. What frames
/// say is summed up on the device, and positions move between iterations.
/// </summary>
internal sealed class ScanCorrection
{
    /// <summary>Numbers a frame: the normal equations of its shift.</summary>
    internal const int Sums = 5;

    private static readonly long[] s_pixels = [2, 3];
    private readonly PositionCorrection _options;
    private MovedScan[] _scans;
    private Tensor? _sums;

    internal ScanCorrection(IReadOnlyList<Measurement> measurements, int[] used, PositionCorrection options)
    {
        _options = options;
        _scans = [.. measurements.Select(m => new MovedScan(m, used, options))];
    }

    /// <summary>Starts an iteration that moves positions, in the caller's scope.</summary>
    internal void Begin(int frames, Device device) => _sums = zeros([_scans.Length, frames, Sums], float64, device);

    /// <summary>Takes note of what the last steps of some frames say of their places.</summary>
    /// <param name="part">Which objects, and which of the iteration's frames.</param>
    /// <param name="differences">∇o at the frames, [b, n, h, w] each.</param>
    /// <param name="probe">[b, n, M, h, w].</param>
    /// <param name="step">δ, [b, n, M, h, w].</param>
    internal void Add(StackPart part, (Tensor Rows, Tensor Columns) differences, Tensor probe, Tensor step)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = differences;
        var intensity = probe.abs().square().sum(2);
        var pull = (probe.conj_physical() * step).sum(2);
        Tensor[] sums =
        [
            rows.abs().square().mul_(intensity),
            (rows.conj_physical() * columns).real * intensity,
            columns.abs().square().mul_(intensity),
            (rows.conj_physical() * pull).real,
            (columns.conj_physical() * pull).real,
        ];
        var all = stack(sums.Select(s => s.sum(s_pixels, type: float64)), 2);
        _sums!.narrow(0, part.Object, part.Objects).narrow(1, part.Frame, part.Frames).copy_(all);
    }

    /// <summary>Moves all positions at the end of the iteration.</summary>
    /// <param name="frames">Its frames, in their order.</param>
    /// <param name="scan">Told.</param>
    internal void Move(IReadOnlyList<int> frames, ScanTensors scan)
    {
        var values = _sums!.cpu().data<double>().ToArray();
        var length = frames.Count * Sums;
        for (var b = 0; b < _scans.Length; b++)
            _scans[b].Move(frames, values.AsSpan(b * length, length));
        Place(scan);
    }

    /// <summary>Puts the present positions into the scan, or those to end with.</summary>
    internal void Place(ScanTensors scan, bool final = false) =>
        scan.MoveTo([.. _scans.SelectMany(s => final ? s.Final : s.Positions.ToArray())]);

    /// <summary>Keeps the positions of some objects as those to end with.</summary>
    internal void Keep(bool[] chosen)
    {
        for (var b = 0; b < chosen.Length; b++)
            if (chosen[b])
                _scans[b].Keep();
    }

    /// <summary>The positions of an object to end with.</summary>
    internal ScanPattern Final(int place) => new(_scans[place].Final);

    /// <summary>Goes over the present positions and, where some are kept, those; the caller tells the scan.</summary>
    internal void Visit(IFlowParts parts)
    {
        Visit(parts, "positions", s => s.Positions.ToArray(), (s, positions) => s.Load(positions));
        if (_scans[0].HasKept)
            Visit(parts, "best.positions", s => s.Final, (s, positions) => s.Load(positions, asKept: true));
    }

    private void Visit(
        IFlowParts parts,
        string name,
        Func<MovedScan, ScanPosition[]> get,
        Action<MovedScan, ScanPosition[]> set
    )
    {
        double[] values = [.. _scans.SelectMany(get).SelectMany(p => new[] { p.Row, p.Column })];
        parts.Numbers(
            name,
            values,
            (b, own) => SnapshotNumbers.RequireNear(own, name, _scans[b].Measurement, _options.LargestShift)
        );
        var each = values.Length / _scans.Length;
        for (var b = 0; b < _scans.Length; b++)
            set(_scans[b], [.. values.Skip(b * each).Take(each).Chunk(2).Select(p => new ScanPosition(p[0], p[1]))]);
    }

    internal bool HasBegun(int done) => done >= _options.StartIteration;

    internal void Select(int[] objects) => _scans = Array.ConvertAll(objects, b => _scans[b]);
}
