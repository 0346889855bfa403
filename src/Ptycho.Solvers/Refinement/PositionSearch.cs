using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Refinement;

/// <summary>
/// The place of each frame where an object explains it best, by trial: of the eight neighbours at a step the best, if it is
/// better, then half the step. It sees what a linear model of small shifts does not: minima a pixel apart.
/// </summary>
internal sealed class PositionSearch
{
    private const double LastStep = 0.125;
    private readonly ScanPattern _measured;
    private readonly double _largestShift;
    private readonly double _firstStep;
    private readonly ScanPlan _plan;
    private readonly FrameEngine _engine;
    private readonly AlignedBuffer _image;

    private PositionSearch(
        Measurement measurement,
        ComplexField obj,
        ScanPattern measured,
        double largestShift,
        double firstStep
    )
    {
        (_measured, _largestShift, _firstStep) = (measured, largestShift, firstStep);
        // A plan holds room around the present positions, which may lie on the other side of the measured ones.
        _plan = new ScanPlan(measurement, 2 * largestShift);
        _engine = new FrameEngine(_plan, new ProbeState(_plan, measurement.Probe, 1, ObjectWeighting.Gradient));
        _image = new AlignedBuffer(2 * _plan.PlaneLength);
        _plan.Load(obj, Image);
    }

    private Planes Image => Planes.Of(_image, _plan.PlaneLength);

    /// <summary>The best positions, none further than the largest shift from where it was measured.</summary>
    internal static ScanPattern Run(
        Measurement measurement,
        ComplexField obj,
        ScanPattern measured,
        double largestShift,
        double firstStep,
        CancellationToken cancellationToken
    )
    {
        var search = new PositionSearch(measurement, obj, measured, largestShift, firstStep);
        return new ScanPattern(
            measurement.Positions.Select(
                (position, frame) =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return search.Find(frame, position);
                }
            )
        );
    }

    private ScanPosition Find(int frame, ScanPosition best)
    {
        var least = _engine.Misfit(Image, frame);
        for (var step = _firstStep; step >= LastStep; step /= 2)
            foreach (var trial in Around(best, step).Where(p => IsNear(p, _measured[frame])))
            {
                _plan.Move(frame, trial);
                var misfit = _engine.Misfit(Image, frame);
                if (misfit < least)
                    (least, best) = (misfit, trial);
            }
        GC.KeepAlive(_image);
        return best;
    }

    private static IEnumerable<ScanPosition> Around(ScanPosition centre, double step)
    {
        for (var row = -1; row <= 1; row++)
        for (var column = -1; column <= 1; column++)
            if (row != 0 || column != 0)
                yield return new ScanPosition(centre.Row + row * step, centre.Column + column * step);
    }

    private bool IsNear(ScanPosition a, ScanPosition b) =>
        Math.Abs(a.Row - b.Row) <= _largestShift && Math.Abs(a.Column - b.Column) <= _largestShift;
}
