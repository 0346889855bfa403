using System.Runtime.InteropServices;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Posterior.SlowPhases;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>The amplitude residual in managed SIMD on the CPU: a percent of a data step's time.</summary>
internal sealed unsafe class ManagedResidual : IResidualMeter
{
    private readonly ScanPlan _plan;
    private readonly FrameEngine _engine;
    private readonly AlignedBuffer _image;
    private readonly Lazy<ManagedPhaseSystem> _phases;

    internal ManagedResidual(Measurement measurement)
        : this(new ScanPlan(measurement)) { }

    private ManagedResidual(ScanPlan plan)
        : this(plan, new ProbeState(plan, plan.Measurement.Probe, 1, ObjectWeighting.Gradient)) { }

    internal ManagedResidual(ScanPlan plan, ProbeState probe)
    {
        _plan = plan;
        _engine = new FrameEngine(plan, probe);
        _image = new AlignedBuffer(2 * plan.PlaneLength);
        _phases = new Lazy<ManagedPhaseSystem>(() => new ManagedPhaseSystem(this, plan, probe, _engine));
    }

    /// <inheritdoc />
    public IPhaseSystem Phases => _phases.Value;

    /// <inheritdoc />
    public double Residual(Tensor objects)
    {
        using var scope = NewDisposeScope();
        var count = objects.shape[0];
        var sum = Misfits(objects).Sum();
        return Math.Sqrt(sum / count / _plan.AmplitudeEnergy);
    }

    /// <summary>Σ w(|Ψ| − a)² of each frame, summed over objects.</summary>
    internal double[] Misfits(Tensor objects)
    {
        var misfits = new double[_plan.FrameCount];
        for (var b = 0L; b < objects.shape[0]; b++)
        {
            using var scope = NewDisposeScope();
            var image = Load(objects.narrow(0, b, 1));
            for (var frame = 0; frame < misfits.Length; frame++)
                misfits[frame] += _engine.Misfit(image, frame);
        }
        return misfits;
    }

    /// <summary>The planes of one object, complex64 [1, H, W], until the next one is loaded.</summary>
    internal Planes Load(Tensor obj)
    {
        using var scope = NewDisposeScope();
        var interleaved = MemoryMarshal.Cast<byte, float>(obj.resolve_conj().contiguous().bytes);
        var width = _plan.Measurement.ObjectWidth;
        for (var row = 0; row < _plan.Measurement.ObjectHeight; row++)
        {
            var at = _image.Pointer + _plan.ObjectStart + row * _plan.Stride;
            for (var column = 0; column < width; column++)
            {
                at[column] = interleaved[2 * (row * width + column)];
                at[_plan.PlaneLength + column] = interleaved[2 * (row * width + column) + 1];
            }
        }
        return Planes.Of(_image, _plan.PlaneLength);
    }
}
