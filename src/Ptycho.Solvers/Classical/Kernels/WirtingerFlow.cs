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
    private readonly float _step;
    private float _momentum;

    public WirtingerFlow(ScanPlan plan, ComplexField start, float step, int threads)
    {
        (_plan, _step) = (plan, step);
        _parts = FlowPart.Split(plan, Math.Clamp(plan.FrameCount / FramesPerPart, 1, LargestParts));
        _x = new AlignedBuffer(2 * plan.PlaneLength);
        _z = new AlignedBuffer(2 * plan.PlaneLength);
        plan.Load(start, X);
        plan.Load(start, Z);
        _misfits = new double[plan.FrameCount];
        var workers = Math.Min(threads, _parts.Length);
        _engines = new FrameEngine[workers];
        for (var i = 0; i < workers; i++)
            _engines[i] = new FrameEngine(plan, plan.Measurement.Probe, ObjectWeighting.Gradient);
        _team = new WorkerTeam(workers);
        (_gradient, _update, _evaluate) = (Gradient, Update, Evaluate);
    }

    private Planes X => Planes.Of(_x, _plan.PlaneLength);

    private Planes Z => Planes.Of(_z, _plan.PlaneLength);

    private int ObjectHeight => _plan.Measurement.ObjectHeight;

    /// <summary>One step.</summary>
    /// <returns>Σ_k Σ w(|Ψ_k| − a_k)² at z before the step.</returns>
    public double Iterate(float momentum)
    {
        _momentum = momentum;
        _team.Run(_gradient, _parts.Length);
        _team.Run(_update, (ObjectHeight + RowsPerBlock - 1) / RowsPerBlock);
        var total = 0.0;
        foreach (var misfit in _misfits)
            total += misfit;
        return total;
    }

    /// <summary>Σ w(|Ψ_k| − a_k)² of every frame at x.</summary>
    public double[] FrameMisfit()
    {
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
        var part = _parts[item];
        part.Clear();
        foreach (var frame in part.Frames)
            _misfits[frame] = _engines[worker].Step(Z, frame, part.Gradient);
    }

    private void Evaluate(int worker, int item)
    {
        foreach (var frame in _parts[item].Frames)
            _misfits[frame] = _engines[worker].Misfit(X, frame);
    }

    private void Update(int worker, int item)
    {
        var real = stackalloc nint[LargestParts];
        var imaginary = stackalloc nint[LargestParts];
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

            var width = _plan.Measurement.ObjectWidth;
            Kernel.Accelerate(X.Re, Z.Re, new(real, count), offset, width, _step, _momentum);
            Kernel.Accelerate(X.Im, Z.Im, new(imaginary, count), offset, width, _step, _momentum);
        }
    }
}
