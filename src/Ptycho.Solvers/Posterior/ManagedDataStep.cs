using System.Runtime.InteropServices;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// The data step of a far-field measurement with the amplitude likelihood in managed SIMD on the CPU: the same numbers
/// as <see cref="ProximalDataStep"/>, several times faster. Each thread takes whole objects where there are enough of
/// them; otherwise all threads share the frames of one. The bits do not depend on their number.
/// </summary>
internal sealed class ManagedDataStep : IDataStep
{
    private readonly Measurement _measurement;
    private readonly int _threads;
    private readonly ScanPlan _plan;
    private readonly ProbeState _state;
    private readonly AlignedBuffer _curvature;
    private readonly HeldFlow?[] _own;
    private readonly Lazy<WorkerTeam> _team;
    private readonly Lazy<HeldFlow> _shared;

    internal ManagedDataStep(Measurement measurement, int threads)
    {
        (_measurement, _threads) = (measurement, threads);
        _plan = new ScanPlan(measurement);
        _state = new ProbeState(_plan, measurement.Probe, 1, ObjectWeighting.Gradient);
        var illumination = StartObjects.Illumination(measurement);
        _curvature = new AlignedBuffer(illumination.Length);
        illumination.CopyTo(_curvature.Span);
        LargestCurvature = System.Numerics.Tensors.TensorPrimitives.Max<float>(_curvature.Span);
        _own = new HeldFlow?[threads];
        _team = new Lazy<WorkerTeam>(() => new WorkerTeam(_threads));
        _shared = new Lazy<HeldFlow>(() => new HeldFlow(_plan, _state, _curvature, _threads));
    }

    /// <inheritdoc />
    public long Evaluations { get; private set; }

    /// <inheritdoc />
    public double LargestCurvature { get; }

    /// <inheritdoc />
    public Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum)
    {
        using var scope = NewDisposeScope();
        var result = prior.resolve_conj().contiguous().clone();
        var count = (int)prior.shape[0];
        if (count < _threads)
        {
            for (var b = 0; b < count; b++)
                _shared.Value.Solve(One(result, b), pull, iterations, momentum);
        }
        else
        {
            _team.Value.Run((worker, b) => Own(worker).Solve(One(result, b), pull, iterations, momentum), count);
        }
        Evaluations += (long)iterations * count;
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken)
    {
        Evaluations += iterations;
        return ManagedStart.Run(_measurement, iterations, smoothness, _threads, cancellationToken);
    }

    /// <summary>Σ w(|Ψ| − a)² of each frame, summed over objects.</summary>
    internal double[] Misfits(Tensor objects) => new ManagedResidual(_plan, _state).Misfits(objects);

    public void Dispose()
    {
        if (_team.IsValueCreated)
            _team.Value.Dispose();
        if (_shared.IsValueCreated)
            _shared.Value.Dispose();
        foreach (var flow in _own)
            flow?.Dispose();
    }

    private HeldFlow Own(int worker) => _own[worker] ??= new HeldFlow(_plan, _state, _curvature, 1);

    private Span<float> One(Tensor objects, int index)
    {
        var length = 2 * _measurement.ObjectHeight * _measurement.ObjectWidth;
        return MemoryMarshal.Cast<byte, float>(objects.bytes).Slice(index * length, length);
    }
}
