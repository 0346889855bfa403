using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The state of accelerated Wirtinger flow. The frames are cut into parts, whose number depends on the scan alone and
/// each of which has its own gradient plane; the planes are added in their order. So the bits of the result do not
/// depend on the number of threads.
/// </summary>
internal sealed unsafe class WirtingerFlow : IDisposable
{
    private const int LargestParts = 8;
    private const int FramesPerPart = 8;
    private const int RowsPerBlock = 32;
    private readonly ScanPlan _plan;
    private readonly WorkerTeam _team;
    private readonly FrameEngine[] _engines;
    private readonly FlowPart[] _parts;
    private readonly AlignedBuffer _x;
    private readonly AlignedBuffer _z;
    private readonly Action<int, int> _gradient;
    private readonly Action<int, int> _update;
    private readonly Action<int, int> _evaluate;
    private readonly double[] _misfits;
    private readonly double _step;
    private readonly ProbeFlow? _probeFlow;
    private readonly double _probeStep;
    private readonly Smoothing? _smoothing;
    private readonly double _smoothness;
    private float _objectStep;
    private float _lambda;
    private float _momentum;
    private bool _refine;

    public WirtingerFlow(ScanPlan plan, ProbeState state, ComplexField start, AwfOptions options)
    {
        (_plan, _step) = (plan, options.StepFactor);
        _parts = FlowPart.Split(plan, Math.Clamp(plan.FrameCount / FramesPerPart, 1, LargestParts));
        _x = new AlignedBuffer(2 * plan.PlaneLength);
        _z = new AlignedBuffer(2 * plan.PlaneLength);
        plan.Load(start, X);
        plan.Load(start, Z);
        _misfits = new double[plan.FrameCount];
        var workers = Math.Min(options.Threads == 0 ? Environment.ProcessorCount : options.Threads, _parts.Length);
        _engines = new FrameEngine[workers];
        for (var i = 0; i < workers; i++)
            _engines[i] = new FrameEngine(plan, state);
        _team = new WorkerTeam(workers);
        if (options.Refinement is { } refinement)
        {
            _probeFlow = new ProbeFlow(plan, state, _parts.Length);
            _probeStep = refinement.Gamma;
        }

        _smoothness = options.Smoothness;
        _smoothing = _smoothness > 0 ? new Smoothing(plan) : null;
        (_gradient, _update, _evaluate) = (Gradient, Update, Evaluate);
    }

    private Planes X => Planes.Of(_x, _plan.PlaneLength);

    private Planes Z => Planes.Of(_z, _plan.PlaneLength);

    private int ObjectHeight => _plan.Measurement.ObjectHeight;

    private int Blocks => (ObjectHeight + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>One step of the object, and with <paramref name="refine"/> of the probe at the same time.</summary>
    /// <param name="largestStep">The largest stable step of the object, where the probe is known.</param>
    /// <param name="momentum">(t_n − 1)/t_{n+1}.</param>
    /// <param name="refine">Whether the probe moves too; both then take half of their own largest step.</param>
    /// <returns>Σ_k Σ w(|Ψ_k| − a_k)² at z before the step.</returns>
    public double Iterate(double largestStep, float momentum, bool refine)
    {
        (_momentum, _refine) = (momentum, refine);
        var dataStep = refine ? 0.5 * _probeFlow!.LargestObjectStep() : largestStep;
        _objectStep = (float)(_step * dataStep / (1 + Smoothing.LargestEigenvalue * _smoothness));
        _lambda = (float)(_smoothness / dataStep);
        _team.Run(_gradient, _parts.Length + (_smoothing is null ? 0 : Blocks));
        _team.Run(_update, Blocks);
        if (refine)
            _probeFlow!.Update(0.5 * _probeStep, momentum);
        var total = 0.0;
        foreach (var misfit in _misfits)
            total += misfit;
        return total;
    }

    /// <summary>Forgets the momentum and goes on from x.</summary>
    public void Restart()
    {
        _x.Span.CopyTo(_z.Span);
        _probeFlow?.Restart();
    }

    /// <summary>Σ w(|Ψ_k| − a_k)² of every frame at x, with the probe that belongs to it.</summary>
    public double[] FrameMisfit()
    {
        _probeFlow?.Restart();
        _team.Run(_evaluate, _parts.Length);
        return [.. _misfits];
    }

    public ComplexField ToField() => _plan.ToField(X);

    public void Dispose()
    {
        _team.Dispose();
        GC.KeepAlive(this);
    }

    private void Gradient(int worker, int item)
    {
        if (item >= _parts.Length)
        {
            var first = (item - _parts.Length) * RowsPerBlock;
            _smoothing!.Compute(Z, _lambda, first, Math.Min(ObjectHeight, first + RowsPerBlock));
            return;
        }

        var part = _parts[item];
        part.Clear();
        if (!_refine)
        {
            foreach (var frame in part.Frames)
                _misfits[frame] = _engines[worker].Step(Z, frame, part.Gradient);
            return;
        }

        var flow = _probeFlow!;
        flow.Clear(item);
        foreach (var frame in part.Frames)
        {
            var (target, weighting) = (flow.Gradient(item), ProbeWeighting.Gradient);
            _misfits[frame] = _engines[worker].JointStep(Z, frame, part.Gradient, target, weighting);
            flow.AddWeight(item, Z, frame);
        }
    }

    private void Evaluate(int worker, int item)
    {
        foreach (var frame in _parts[item].Frames)
            _misfits[frame] = _engines[worker].Misfit(X, frame);
    }

    private void Update(int worker, int item)
    {
        var real = stackalloc nint[LargestParts + 1];
        var imaginary = stackalloc nint[LargestParts + 1];
        var end = Math.Min(ObjectHeight, (item + 1) * RowsPerBlock);
        for (var row = item * RowsPerBlock; row < end; row++)
        {
            var offset = _plan.ObjectStart + row * _plan.Stride;
            var count = 0;
            foreach (var part in _parts)
                if (part.Touches(offset))
                {
                    real[count] = (nint)part.Gradient.Re;
                    imaginary[count++] = (nint)part.Gradient.Im;
                }

            if (_smoothing is not null)
            {
                real[count] = (nint)_smoothing.Direction.Re;
                imaginary[count++] = (nint)_smoothing.Direction.Im;
            }

            var width = _plan.Measurement.ObjectWidth;
            Kernel.Accelerate(X.Re, Z.Re, new(real, count), offset, width, _objectStep, _momentum);
            Kernel.Accelerate(X.Im, Z.Im, new(imaginary, count), offset, width, _objectStep, _momentum);
        }
    }
}
