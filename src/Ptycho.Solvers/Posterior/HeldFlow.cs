using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// The majorise–minimise iteration of a data step on one object after the other, and the memory for it. The bits do not
/// depend on the number of threads.
/// </summary>
internal sealed unsafe class HeldFlow : IDisposable
{
    private const int LargestParts = 8;
    private const int FramesPerPart = 12;
    private const int RowsPerBlock = 32;
    private readonly ScanPlan _plan;
    private readonly AlignedBuffer _curvature;
    private readonly WorkerTeam _team;
    private readonly FrameEngine[] _engines;
    private readonly FlowPart[] _parts;
    private readonly AlignedBuffer _prior;
    private readonly AlignedBuffer _x;
    private readonly AlignedBuffer _z;
    private readonly AlignedBuffer _inverse;
    private readonly Action<int, int> _gradient;
    private readonly Action<int, int> _update;
    private BorderedPlanes _deviation;
    private BorderedPlanes _nextDeviation;
    private PriorPull _pull;
    private (float Along, float Beyond) _momentum;

    /// <param name="plan">The scan.</param>
    /// <param name="state">Its probe.</param>
    /// <param name="curvature">diag(AᴴA), one float for each pixel of the object.</param>
    /// <param name="threads">Threads that share out the frames of an iteration.</param>
    public HeldFlow(ScanPlan plan, ProbeState state, AlignedBuffer curvature, int threads)
    {
        (_plan, _curvature) = (plan, curvature);
        _parts = FlowPart.Split(plan, Math.Clamp(plan.FrameCount / FramesPerPart, 1, LargestParts));
        _prior = new AlignedBuffer(2 * plan.PlaneLength);
        _x = new AlignedBuffer(2 * plan.PlaneLength);
        _z = new AlignedBuffer(2 * plan.PlaneLength);
        _inverse = new AlignedBuffer(Height * Width);
        _deviation = new BorderedPlanes(Height, Width);
        _nextDeviation = new BorderedPlanes(Height, Width);
        var workers = Math.Clamp(threads, 1, _parts.Length);
        _engines = new FrameEngine[workers];
        for (var i = 0; i < workers; i++)
            _engines[i] = new FrameEngine(plan, state);
        _team = new WorkerTeam(workers);
        (_gradient, _update) = (Gradient, Update);
    }

    private int Height => _plan.Measurement.ObjectHeight;

    private int Width => _plan.Measurement.ObjectWidth;

    private int Blocks => (Height + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>Replaces the prior's estimate by the object that the data step finds from it.</summary>
    /// <param name="field">Height·Width pairs of real and imaginary part.</param>
    /// <param name="pull">λ and κ.</param>
    /// <param name="iterations">How many.</param>
    /// <param name="momentum">Whether it extrapolates.</param>
    public void Solve(Span<float> field, PriorPull pull, int iterations, bool momentum)
    {
        Load(field, pull);
        var extrapolation = new Extrapolation(momentum);
        for (var i = 0; i < iterations; i++)
        {
            var (along, beyond) = extrapolation.Next();
            _momentum = ((float)along, (float)beyond);
            _team.Run(_gradient, _parts.Length);
            _team.Run(_update, Blocks);
            (_deviation, _nextDeviation) = (_nextDeviation, _deviation);
        }
        Store(field);
    }

    public void Dispose()
    {
        _team.Dispose();
        GC.KeepAlive(this);
    }

    private void Gradient(int worker, int item)
    {
        var part = _parts[item];
        part.Band.Clear();
        foreach (var frame in part.Frames)
            _engines[worker].Step(Planes.Of(_z, _plan.PlaneLength), frame, part.Band.Plane);
    }

    private void Update(int worker, int item)
    {
        var touching = stackalloc nint[LargestParts];
        var end = Math.Min(Height, (item + 1) * RowsPerBlock);
        for (var row = item * RowsPerBlock; row < end; row++)
        for (var plane = 0; plane < 2; plane++)
        {
            nint offset = _plan.ObjectStart + row * _plan.Stride;
            var count = 0;
            foreach (var part in _parts)
                if (part.Touches((int)offset / _plan.Stride))
                    touching[count++] = (nint)((plane == 0 ? part.Band.Plane.Re : part.Band.Plane.Im) + offset);
            UpdateRow(row, plane, offset + plane * _plan.PlaneLength, new ReadOnlySpan<nint>(touching, count));
        }
    }

    private void UpdateRow(int row, int plane, nint offset, ReadOnlySpan<nint> parts)
    {
        var place = new HeldRow
        {
            X = _x.Pointer + offset,
            Z = _z.Pointer + offset,
            Prior = _prior.Pointer + offset,
            Inverse = _inverse.Pointer + row * Width,
            Above = _deviation.Row(plane, row - 1),
            Here = _deviation.Row(plane, row),
            Below = _deviation.Row(plane, row + 1),
            Next = _nextDeviation.Row(plane, row),
            Length = Width,
        };
        var (lambda, roughness) = ((float)_pull.Lambda, (float)_pull.Roughness);
        if (Lanes16.IsSupported)
            HeldUpdate<Lanes16>.Row(place, parts, lambda, roughness, _momentum);
        else
            HeldUpdate<Lanes8>.Row(place, parts, lambda, roughness, _momentum);
    }

    private void Load(ReadOnlySpan<float> field, PriorPull pull)
    {
        _pull = pull;
        for (var row = 0; row < Height; row++)
        {
            var place = Planes.Of(_prior, _plan.PlaneLength) + (_plan.ObjectStart + row * _plan.Stride);
            for (var column = 0; column < Width; column++)
            {
                place.Re[column] = field[2 * (row * Width + column)];
                place.Im[column] = field[2 * (row * Width + column) + 1];
            }
        }
        _prior.Span.CopyTo(_x.Span);
        _prior.Span.CopyTo(_z.Span);
        _deviation.Clear();
        var bound = (float)(pull.Lambda + Smoothing.LargestEigenvalue * pull.Roughness);
        TensorPrimitives.Add(_curvature.Span, bound, _inverse.Span);
        TensorPrimitives.Divide(1, _inverse.Span, _inverse.Span);
    }

    private void Store(Span<float> field)
    {
        for (var row = 0; row < Height; row++)
        {
            var place = Planes.Of(_x, _plan.PlaneLength) + (_plan.ObjectStart + row * _plan.Stride);
            for (var column = 0; column < Width; column++)
            {
                field[2 * (row * Width + column)] = place.Re[column];
                field[2 * (row * Width + column) + 1] = place.Im[column];
            }
        }
    }
}
