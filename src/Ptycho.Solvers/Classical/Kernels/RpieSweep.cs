using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>The state of rPIE: one object that every frame changes in its turn.</summary>
internal sealed class RpieSweep
{
    private readonly ScanPlan _plan;
    private readonly ProbeState _state;
    private readonly FrameEngine _engine;
    private readonly AlignedBuffer _image;
    private readonly ProbeWeighting _weighting;

    private readonly PositionCorrection? _correction;

    public RpieSweep(ScanPlan plan, ProbeState state, ComplexField start, RpieOptions options)
    {
        (_plan, _state, _correction) = (plan, state, options.Correction);
        _engine = new FrameEngine(plan, state);
        _image = new AlignedBuffer(2 * plan.PlaneLength);
        plan.Load(start, Image);
        if (options.Refinement is { } refinement)
            _weighting = ProbeWeighting.Rpie(refinement.Beta, refinement.Gamma);
    }

    private Planes Image => Planes.Of(_image, _plan.PlaneLength);

    /// <summary>Visits every frame once.</summary>
    /// <returns>The sum of the frames' misfits, each just before its own update.</returns>
    public double Run(ReadOnlySpan<int> order, bool refine, bool correct)
    {
        var misfit = 0.0;
        foreach (var frame in order)
        {
            misfit += refine
                ? _engine.JointStep(Image, frame, Image, _state.Target, _weighting)
                : _engine.Step(Image, frame, Image);
            if (correct)
                Correct(frame);
            if (refine)
                _state.Refresh();
        }

        if (correct)
            RemoveDrift();

        GC.KeepAlive(this);
        return misfit;
    }

    /// <summary>Σ w(|Ψ_k| − a_k)² of every frame.</summary>
    public double[] FrameMisfit()
    {
        var misfits = new double[_plan.FrameCount];
        for (var frame = 0; frame < misfits.Length; frame++)
            misfits[frame] = _engine.Misfit(Image, frame);
        GC.KeepAlive(this);
        return misfits;
    }

    /// <summary>The positions as they are now.</summary>
    public ScanPattern ToPositions() => new(_plan.Positions.ToArray());

    public ComplexField ToField()
    {
        var field = _plan.ToField(Image);
        GC.KeepAlive(this);
        return field;
    }

    private void Correct(int frame)
    {
        var (row, column) = _engine.EstimateShift(Image, frame);
        var position = _plan.Positions[frame];
        var relaxation = _correction!.Relaxation;
        // One step of more than half a pixel leaves the range in which the differences hold.
        row = Math.Clamp(relaxation * row, -0.5, 0.5);
        column = Math.Clamp(relaxation * column, -0.5, 0.5);
        MoveNear(frame, new ScanPosition(position.Row + row, position.Column + column));
    }

    private void RemoveDrift()
    {
        var (rows, columns) = (0.0, 0.0);
        var measured = _plan.Measurement.Positions;
        for (var k = 0; k < _plan.FrameCount; k++)
        {
            rows += _plan.Positions[k].Row - measured[k].Row;
            columns += _plan.Positions[k].Column - measured[k].Column;
        }

        (rows, columns) = (rows / _plan.FrameCount, columns / _plan.FrameCount);
        for (var k = 0; k < _plan.FrameCount; k++)
            MoveNear(k, new ScanPosition(_plan.Positions[k].Row - rows, _plan.Positions[k].Column - columns));
    }

    private void MoveNear(int frame, ScanPosition position)
    {
        var (measured, limit) = (_plan.Measurement.Positions[frame], _correction!.LargestShift);
        _plan.Move(
            frame,
            new ScanPosition(
                Math.Clamp(position.Row, measured.Row - limit, measured.Row + limit),
                Math.Clamp(position.Column, measured.Column - limit, measured.Column + limit)
            )
        );
    }
}
