using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Posterior;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Refinement;

/// <summary>
/// Places of frames by trial, the object going along. Where frames overlap little, nearly all that a frame sees is known
/// from that frame alone, so the object confirms whatever place it was given. Here each frame is moved by a pixel together
/// with its part of the object, the data step is taken, and the frame stays there if its own misfit and its neighbours'
/// together became less: only what neighbours see in common decides.
/// </summary>
internal sealed class PositionTrials
{
    // A raster of half a window's overlap has 9 with the frame itself, one of two thirds 25.
    private const double MostNeighbours = 16;

    // More let the object give way to a wrong place.
    private const int Iterations = 30;

    private static readonly (int Row, int Column)[] Moves =
    [
        .. from row in Enumerable.Range(-1, 3)
        from column in Enumerable.Range(-1, 3)
        where row != 0 || column != 0
        select (row, column),
    ];

    private readonly Measurement _measurement;
    private readonly ScanPattern _measured;
    private readonly double _largestShift;
    private readonly FrameGroups _groups;
    private readonly PriorPull _pull;
    private readonly PatchWarp _warp;
    private readonly ComplexField _estimate;
    private readonly (double Row, double Column)[] _shifts;

    /// <param name="measurement">The measurement at its present positions.</param>
    /// <param name="estimate">The prior's estimate of the object.</param>
    /// <param name="measured">The positions as they were measured.</param>
    /// <param name="largestShift">How far a position may lie from its measured one on each axis, pixels.</param>
    /// <param name="groups">Which frames are tried together.</param>
    /// <param name="pull">How the data steps hold to the estimate.</param>
    internal PositionTrials(
        Measurement measurement,
        ComplexField estimate,
        ScanPattern measured,
        double largestShift,
        FrameGroups groups,
        PriorPull pull
    )
    {
        (_measurement, _estimate, _measured, _largestShift) = (measurement, estimate, measured, largestShift);
        (_groups, _pull) = (groups, pull);
        _warp = new PatchWarp(measurement);
        _shifts = new (double, double)[measurement.Positions.Count];
    }

    /// <summary>
    /// Whether trials are worth their time: not where frames overlap so much that the estimate alone tells their places.
    /// </summary>
    internal static bool AreWorthwhile(Measurement measurement) => FrameGroups.AreFew(measurement, MostNeighbours);

    /// <summary>Whether any frame moved.</summary>
    internal bool HasMoved => _shifts.Any(shift => shift != default);

    /// <summary>Iterations of data steps so far.</summary>
    internal long Evaluations { get; private set; }

    /// <summary>The positions now.</summary>
    internal ScanPattern Positions => Moved(_shifts);

    /// <summary>An object moved as the frames were.</summary>
    internal ComplexField Move(ComplexField obj) => _warp.Apply(obj, _shifts);

    /// <summary>Tries every frame once at the eight places around it.</summary>
    /// <param name="team">Workers that share out the trials; the bits do not depend on their number.</param>
    /// <param name="cancellationToken">Checked before every trial.</param>
    internal void Sweep(WorkerTeam team, CancellationToken cancellationToken = default)
    {
        // Where frames are now comes first.
        var misfits = new double[1 + Moves.Length][];
        foreach (var group in _groups.Groups)
        {
            team.Run(
                (_, i) =>
                {
                    // An exception in a worker would be one of the team.
                    if (!cancellationToken.IsCancellationRequested)
                        misfits[i] = Misfits(i == 0 ? _shifts : With(group, Moves[i - 1]));
                },
                misfits.Length
            );
            cancellationToken.ThrowIfCancellationRequested();
            Evaluations += misfits.Length * Iterations;
            foreach (var frame in group)
            {
                var near = _groups.Near[frame];
                var best = Enumerable.Range(0, misfits.Length).MinBy(i => Together(misfits[i], near));
                if (best > 0 && MayMove(frame, Moves[best - 1]))
                    _shifts[frame] = Plus(_shifts[frame], Moves[best - 1]);
            }
        }
    }

    // NaN counts as less than every number, and a trial that diverged must not win.
    private static double Together(double[] misfits, int[] near)
    {
        var sum = near.Sum(k => misfits[k]);
        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }

    private (double Row, double Column)[] With(int[] group, (int Row, int Column) move)
    {
        var shifts = ((double Row, double Column)[])_shifts.Clone();
        foreach (var frame in group.Where(frame => MayMove(frame, move)))
            shifts[frame] = Plus(shifts[frame], move);
        return shifts;
    }

    private bool MayMove(int frame, (int Row, int Column) move)
    {
        var place = Place(frame, Plus(_shifts[frame], move));
        var (probe, from) = (_measurement.Probe, _measured[frame]);
        return Math.Abs(place.Row - from.Row) <= _largestShift
            && Math.Abs(place.Column - from.Column) <= _largestShift
            && StaysInside(place.Row, from.Row, _measurement.ObjectHeight - probe.Height)
            && StaysInside(place.Column, from.Column, _measurement.ObjectWidth - probe.Width);
    }

    // Beyond its frame the object is 0, which no sample is: no window leaves it further than it was measured to.
    private static bool StaysInside(double place, double measured, double last) =>
        place >= Math.Min(0, measured) && place <= Math.Max(last, measured);

    private double[] Misfits((double Row, double Column)[] shifts)
    {
        using var scope = NewDisposeScope();
        var at = new Measurement(
            _measurement.Data,
            Moved(shifts),
            _measurement.Probe,
            _measurement.ObjectHeight,
            _measurement.ObjectWidth
        );
        using var step = new ManagedDataStep(at, 1);
        var start = FieldTensors.ToTensor([_warp.Apply(_estimate, shifts)]);
        return step.Misfits(step.Solve(start, _pull, Iterations, momentum: true));
    }

    private ScanPattern Moved((double Row, double Column)[] shifts) =>
        new(shifts.Select((shift, k) => Place(k, shift)));

    private ScanPosition Place(int frame, (double Row, double Column) shift) =>
        new(_measurement.Positions[frame].Row + shift.Row, _measurement.Positions[frame].Column + shift.Column);

    private static (double Row, double Column) Plus((double Row, double Column) a, (int Row, int Column) b) =>
        (a.Row + b.Row, a.Column + b.Column);
}
