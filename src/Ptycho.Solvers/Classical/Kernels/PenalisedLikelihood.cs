using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// Value and gradient of the likelihood of all frames plus the penalty, at a vector that holds the object's plane and,
/// where the probe is refined, the probe as <see cref="ProbeState.Target"/> has it. The frames are cut into parts as in
/// <see cref="WirtingerFlow"/>, so that bits do not depend on threads.
/// </summary>
internal sealed unsafe class PenalisedLikelihood : IDisposable
{
    private const int LargestParts = 8;
    private const int FramesPerPart = 8;
    private const int RowsPerBlock = 32;
    private readonly ScanPlan _plan;
    private readonly ProbeState _state;
    private readonly NoiseModel _noise;
    private readonly WorkerTeam _team;
    private readonly FrameEngine[] _engines;
    private readonly PoissonStep[] _steps;
    private readonly FlowPart[] _parts;
    private readonly ProbeFlow? _probeFlow;
    private readonly EdgePenalty? _penalty;
    private readonly double[] _misfits;
    private readonly double[] _energies;
    private readonly Action<int, int> _data;
    private readonly Action<int, int> _combine;
    private readonly Action<int, int> _evaluate;
    private AlignedBuffer? _vector;
    private AlignedBuffer? _gradient;
    private double _lambda;
    private bool _refine;
    private bool _correct;

    public PenalisedLikelihood(ScanPlan plan, ProbeState state, MaximumLikelihoodOptions options, double edge)
    {
        (_plan, _state, _noise) = (plan, state, options.Noise);
        _parts = FlowPart.Split(plan, Math.Clamp(plan.Used.Length / FramesPerPart, 1, LargestParts));
        var workers = Math.Min(options.Threads == 0 ? Environment.ProcessorCount : options.Threads, _parts.Length);
        _steps =
            _noise == NoiseModel.Poisson ? [.. Enumerable.Range(0, workers).Select(_ => new PoissonStep(plan))] : [];
        _engines = new FrameEngine[workers];
        for (var i = 0; i < workers; i++)
            _engines[i] = new FrameEngine(plan, state, _steps.Length > 0 ? _steps[i] : null);
        _team = new WorkerTeam(workers);
        if (options.Refinement is not null)
            _probeFlow = new ProbeFlow(plan, state, _parts.Length);
        if (options.Smoothness > 0)
            _penalty = new EdgePenalty(plan, options.Edge is null ? null : edge);
        _misfits = new double[plan.FrameCount];
        _energies = new double[plan.FrameCount];
        Shifts = options.Correction is null ? [] : new double[2 * plan.FrameCount];
        (_data, _combine, _evaluate) = (Data, Combine, Evaluate);
    }

    /// <summary>Floats of a vector.</summary>
    public int Length => 2 * _plan.PlaneLength + (_probeFlow is null ? 0 : _state.BufferLength);

    /// <summary>Σ w(|Ψ| − a)² at the last point.</summary>
    public double Misfit { get; private set; }

    /// <summary>max_r Σ_k|o_k(r)|² at the last point where the probe was refined.</summary>
    public double ProbeCurvature { get; private set; }

    /// <summary>∂L/∂P over the sum that the frames gather, in the units of the probe's part of the vector.</summary>
    public double ProbeUnit => _state.Spectrum is null ? _plan.Size : (double)_plan.Size * _plan.Size;

    /// <summary>Rows and columns of the shift that each frame asks for, where positions are corrected.</summary>
    public double[] Shifts { get; }

    private Planes Object => Planes.Of(_vector!, _plan.PlaneLength);

    private int ObjectHeight => _plan.Measurement.ObjectHeight;

    private int Blocks => (ObjectHeight + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>Makes the vector's probe that of the frames.</summary>
    public void UseProbe(AlignedBuffer vector)
    {
        if (_probeFlow is null)
            return;
        vector.Span[(2 * _plan.PlaneLength)..].CopyTo(_state.Target.Span);
        _state.Refresh();
    }

    /// <summary>Computes the gradient.</summary>
    /// <param name="vector">The point.</param>
    /// <param name="gradient">Overwritten; 0 for the probe while it is not refined.</param>
    /// <param name="lambda">Weight of the penalty.</param>
    /// <param name="refine">Whether the probe has a gradient.</param>
    /// <param name="correct">Whether the shifts are estimated.</param>
    /// <returns>The value.</returns>
    public double Evaluate(AlignedBuffer vector, AlignedBuffer gradient, double lambda, bool refine, bool correct)
    {
        (_vector, _gradient, _lambda, _refine, _correct) = (vector, gradient, lambda, refine, correct);
        UseProbe(vector);
        _team.Run(_data, _parts.Length + (_penalty is null ? 0 : Blocks));
        _team.Run(_combine, Blocks);
        var probe = gradient.Span[(2 * _plan.PlaneLength)..];
        probe.Clear();
        if (refine)
        {
            ProbeCurvature = _probeFlow!.Sum();
            TensorPrimitives.Multiply(_probeFlow.Gradient(0).Span, (float)-ProbeUnit, probe);
        }

        var energy = 0.0;
        Misfit = 0;
        foreach (var frame in _plan.Used)
        {
            Misfit += _misfits[frame];
            energy += _energies[frame];
        }

        return energy + (_penalty?.Energy(lambda) ?? 0);
    }

    /// <summary>Σ w(|Ψ| − a)² of some frames with the state's probe.</summary>
    public double MisfitOf(AlignedBuffer vector, ReadOnlySpan<int> frames)
    {
        var sum = 0.0;
        foreach (var frame in frames)
            sum += _engines[0].Misfit(Planes.Of(vector, _plan.PlaneLength), frame);
        return sum;
    }

    /// <summary>The same of every frame.</summary>
    public void MisfitsOf(AlignedBuffer vector, Span<double> misfits)
    {
        _vector = vector;
        _team.Run(_evaluate, _plan.FrameCount);
        _misfits.CopyTo(misfits);
    }

    public void Dispose()
    {
        _team.Dispose();
        GC.KeepAlive(this);
    }

    private void Data(int worker, int item)
    {
        if (item >= _parts.Length)
        {
            var first = (item - _parts.Length) * RowsPerBlock;
            _penalty!.Flux(Object, first, Math.Min(ObjectHeight, first + RowsPerBlock));
            return;
        }

        var (part, engine) = (_parts[item], _engines[worker]);
        part.Band.Clear();
        var sum = part.Band.Plane;
        if (_refine)
            _probeFlow!.Clear(item);
        foreach (var frame in part.Frames)
        {
            if (_refine)
            {
                var (target, weighting) = (_probeFlow!.Gradient(item), ProbeWeighting.Gradient);
                _misfits[frame] = engine.JointStep(Object, frame, sum, target, weighting);
                _probeFlow.AddWeight(item, Object, frame);
            }
            else
            {
                _misfits[frame] = engine.Step(Object, frame, sum);
            }

            _energies[frame] = _noise == NoiseModel.Poisson ? _steps[worker].Energy : 0.5 * _misfits[frame];
            if (_correct)
                (Shifts[2 * frame], Shifts[2 * frame + 1]) = engine.EstimateShift(Object, frame);
        }
    }

    private void Evaluate(int worker, int frame) => _misfits[frame] = _engines[worker].Misfit(Object, frame);

    private void Combine(int worker, int item)
    {
        var (first, end) = (item * RowsPerBlock, Math.Min(ObjectHeight, (item + 1) * RowsPerBlock));
        _penalty?.Gradient(_lambda, first, end);
        for (var row = first; row < end; row++)
        {
            var offset = _plan.ObjectStart + row * _plan.Stride;
            var planeRow = offset / _plan.Stride;
            for (var plane = 0; plane < 2; plane++)
            {
                var sum = Row(Planes.Of(_gradient!, _plan.PlaneLength), plane, offset);
                sum.Clear();
                foreach (var part in _parts)
                    if (part.Touches(planeRow))
                        TensorPrimitives.Subtract(sum, Row(part.Band.Plane, plane, offset), sum);
                if (_penalty is not null)
                    TensorPrimitives.Add(sum, Row(_penalty.Result, plane, offset), sum);
            }
        }
    }

    private Span<float> Row(Planes planes, int plane, int offset) =>
        new((plane == 0 ? planes.Re : planes.Im) + offset, _plan.Measurement.ObjectWidth);
}
