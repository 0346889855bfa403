using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>The positions of one object of a stack while they are corrected, and those worth keeping.</summary>
internal sealed class MovedScan : IMovableScan
{
    private readonly PositionMover _mover;
    private readonly ScanPosition[] _positions;
    private ScanPosition[]? _best;

    public MovedScan(Measurement measurement, int[] used, PositionCorrection correction)
    {
        (Measurement, Used) = (measurement, used);
        _positions = [.. measurement.Positions];
        _mover = new PositionMover(this, correction);
    }

    public Measurement Measurement { get; }

    public int[] Used { get; }

    public ReadOnlySpan<ScanPosition> Positions => _positions;

    /// <summary>Those kept, or the present ones where none were.</summary>
    public ScanPosition[] Final => _best ?? _positions;

    public void Move(int frame, ScanPosition position)
    {
        var (row, column) = position.WholePixel;
        var data = Measurement.Data;
        if (row < Measurement.ObjectHeight && column < Measurement.ObjectWidth && row + data.Height > 0)
            if (column + data.Width > 0)
                _positions[frame] = position;
    }

    /// <summary>Moves frames by what their sums say, [n·5], and takes the mean shift away.</summary>
    public void Move(IReadOnlyList<int> frames, ReadOnlySpan<double> sums)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            var own = sums.Slice(i * ScanCorrection.Sums, ScanCorrection.Sums);
            var (rows, columns) = new ShiftSums(own[0], own[1], own[2], own[3], own[4]).Solve();
            _mover.Move(frames[i], rows, columns);
        }

        _mover.RemoveDrift();
    }

    /// <summary>Whether positions are kept.</summary>
    public bool HasKept => _best is not null;

    /// <summary>Replaces the present positions, or those kept.</summary>
    public void Load(ScanPosition[] positions, bool asKept = false)
    {
        if (asKept)
            _best = positions;
        else
            positions.CopyTo(_positions, 0);
    }

    /// <summary>Keeps the present positions as those to end with.</summary>
    public void Keep() => _best = (ScanPosition[])_positions.Clone();
}
