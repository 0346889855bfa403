using MathNet.Numerics.LinearAlgebra;
using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Classical.Kernels;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Ptycho.Solvers.Posterior.SlowPhases;

/// <summary>
/// The equations of a far-field measurement with the amplitude likelihood, frame by frame on the CPU: the numbers of
/// <see cref="TensorPhaseSystem"/> in a fraction of the time, and memory for one frame.
/// </summary>
internal sealed unsafe class ManagedPhaseSystem : IPhaseSystem
{
    private readonly ManagedResidual _meter;
    private readonly ScanPlan _plan;
    private readonly FrameEngine _engine;
    private readonly FarFieldChange _change;
    private readonly AlignedBuffer _waves;

    internal ManagedPhaseSystem(ManagedResidual meter, ScanPlan plan, ProbeState probe, FrameEngine engine)
    {
        (_meter, _plan, _engine) = (meter, plan, engine);
        _change = new FarFieldChange(plan, probe);
        _waves = new AlignedBuffer(probe.BufferLength);
    }

    /// <inheritdoc />
    public double Energy(Tensor obj) => _meter.Misfits(obj).Sum() / 2;

    /// <inheritdoc />
    public PhaseEquations Linearize(Tensor obj, PhaseBasis basis)
    {
        var image = _meter.Load(obj);
        var (energy, count) = (0.0, basis.Count);
        var slopes = new double[count];
        var curvature = new double[count, count];
        var rows = new float[count][];
        for (var k = 0; k < count; k++)
            rows[k] = new float[_plan.Size];
        for (var frame = 0; frame < _plan.FrameCount; frame++)
        {
            if (_plan.FrameWeight(frame) == 0)
                continue;
            _engine.ExitWaves(image, frame, _waves);
            var error = _change.Begin(_waves, _engine.Intensities(frame), _plan.FrameWeight(frame));
            energy += TensorPrimitives.SumOfSquares(error) / 2;
            for (var k = 0; k < count; k++)
            {
                _change.Along(basis, k, _plan.Positions[frame].WholePixel, rows[k]);
                slopes[k] += TensorPrimitives.Dot<float>(rows[k], error);
                for (var l = 0; l <= k; l++)
                    curvature[k, l] += TensorPrimitives.Dot<float>(rows[k], rows[l]);
            }
        }
        return new PhaseEquations(
            energy,
            Vector<double>.Build.Dense(slopes),
            Matrix<double>.Build.Dense(count, count, (k, l) => curvature[Math.Max(k, l), Math.Min(k, l)])
        );
    }
}
