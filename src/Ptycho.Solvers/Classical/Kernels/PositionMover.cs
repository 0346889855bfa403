using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>Moves positions by estimated shifts, within the limits of the options, and keeps their mean.</summary>
internal sealed class PositionMover(IMovableScan plan, PositionCorrection correction)
{
    // One step of more than half a pixel leaves the range in which the differences hold.
    private const double LargestStep = 0.5;

    public void Move(int frame, double rows, double columns)
    {
        var position = plan.Positions[frame];
        rows = Math.Clamp(correction.Relaxation * rows, -LargestStep, LargestStep);
        columns = Math.Clamp(correction.Relaxation * columns, -LargestStep, LargestStep);
        MoveNear(frame, new ScanPosition(position.Row + rows, position.Column + columns));
    }

    /// <summary>Takes away the mean shift of the frames used, for it is arbitrary.</summary>
    public void RemoveDrift()
    {
        var (rows, columns) = (0.0, 0.0);
        var measured = plan.Measurement.Positions;
        foreach (var k in plan.Used)
        {
            rows += plan.Positions[k].Row - measured[k].Row;
            columns += plan.Positions[k].Column - measured[k].Column;
        }

        (rows, columns) = (rows / plan.Used.Length, columns / plan.Used.Length);
        foreach (var k in plan.Used)
            MoveNear(k, new ScanPosition(plan.Positions[k].Row - rows, plan.Positions[k].Column - columns));
    }

    private void MoveNear(int frame, ScanPosition position)
    {
        var (measured, limit) = (plan.Measurement.Positions[frame], correction.LargestShift);
        plan.Move(
            frame,
            new ScanPosition(
                Math.Clamp(position.Row, measured.Row - limit, measured.Row + limit),
                Math.Clamp(position.Column, measured.Column - limit, measured.Column + limit)
            )
        );
    }
}
