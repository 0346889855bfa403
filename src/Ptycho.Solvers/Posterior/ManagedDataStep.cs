using System.Numerics;
using System.Runtime.InteropServices;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// The data step of a far-field measurement with the amplitude likelihood in managed SIMD on the CPU: the same numbers
/// as <see cref="ProximalDataStep"/>, several times faster. The bits do not depend on the number of threads.
/// </summary>
internal sealed unsafe class ManagedDataStep : IDataStep
{
    private const int LargestParts = 8;
    private const int FramesPerPart = 8;
    private const int RowsPerBlock = 32;
    private readonly Measurement _measurement;
    private readonly ScanPlan _plan;
    private readonly WorkerTeam _team;
    private readonly FrameEngine[] _engines;
    private readonly FlowPart[] _parts;
    private readonly AlignedBuffer _curvature;
    private readonly AlignedBuffer _prior;
    private readonly AlignedBuffer _x;
    private readonly AlignedBuffer _z;
    private readonly AlignedBuffer _deviation;
    private readonly Smoothing _smoothing;
    private readonly Action<int, int> _gradient;
    private readonly Action<int, int> _update;
    private float _lambda;
    private float _roughness;
    private float _momentum;

    internal ManagedDataStep(Measurement measurement, int threads)
    {
        _measurement = measurement;
        _plan = new ScanPlan(measurement);
        _parts = FlowPart.Split(_plan, Math.Clamp(_plan.FrameCount / FramesPerPart, 1, LargestParts));
        _curvature = new AlignedBuffer(_plan.PlaneLength);
        _prior = new AlignedBuffer(2 * _plan.PlaneLength);
        _x = new AlignedBuffer(2 * _plan.PlaneLength);
        _z = new AlignedBuffer(2 * _plan.PlaneLength);
        _deviation = new AlignedBuffer(2 * _plan.PlaneLength);
        _smoothing = new Smoothing(_plan);
        var state = new ProbeState(_plan, measurement.Probe, 1, ObjectWeighting.Gradient);
        var workers = Math.Clamp(threads, 1, _parts.Length);
        _engines = new FrameEngine[workers];
        for (var i = 0; i < workers; i++)
            _engines[i] = new FrameEngine(_plan, state);
        LoadCurvature();
        _team = new WorkerTeam(workers);
        (_gradient, _update) = (Gradient, Update);
    }

    /// <inheritdoc />
    public long Evaluations { get; private set; }

    private int Height => _measurement.ObjectHeight;

    private int Width => _measurement.ObjectWidth;

    private int Blocks => (Height + RowsPerBlock - 1) / RowsPerBlock;

    /// <inheritdoc />
    public Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum)
    {
        using var scope = NewDisposeScope();
        var result = prior.resolve_conj().contiguous().clone();
        (_lambda, _roughness) = ((float)pull.Lambda, (float)pull.Roughness);
        var values = MemoryMarshal.Cast<byte, float>(result.bytes);
        for (var b = 0; b < (int)prior.shape[0]; b++)
        {
            var one = values.Slice(b * 2 * Height * Width, 2 * Height * Width);
            Load(one);
            var t = 1.0;
            for (var i = 0; i < iterations; i++)
            {
                var next = (1 + Math.Sqrt(1 + 4 * t * t)) / 2;
                _momentum = momentum ? (float)((t - 1) / next) : 0;
                t = next;
                _team.Run(_gradient, _parts.Length + (_roughness > 0 ? Blocks : 0));
                _team.Run(_update, Blocks);
            }
            Store(one);
        }
        Evaluations += iterations * prior.shape[0];
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken)
    {
        var options = new AwfOptions
        {
            Stop = new StopRules { Iterations = iterations },
            Smoothness = smoothness,
            Threads = _engines.Length,
        };
        var found = new AwfSolver(options).Solve(_measurement, cancellationToken: cancellationToken);
        Evaluations += iterations;
        using var scope = NewDisposeScope();
        return Gauge.Fix(found.Object.ToTensor().unsqueeze(0)).MoveToOuterDisposeScope();
    }

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
            var deviation = Planes.Of(_deviation, _plan.PlaneLength);
            _smoothing.Compute(deviation, _roughness, first, Math.Min(Height, first + RowsPerBlock));
            return;
        }

        var part = _parts[item];
        part.Clear();
        foreach (var frame in part.Frames)
            _engines[worker].Step(Planes.Of(_z, _plan.PlaneLength), frame, part.Gradient);
    }

    private void Update(int worker, int item)
    {
        var end = Math.Min(Height, (item + 1) * RowsPerBlock);
        var length = _plan.PlaneLength;
        for (var row = item * RowsPerBlock; row < end; row++)
        {
            var offset = _plan.ObjectStart + row * _plan.Stride;
            UpdateRow(_x.Pointer, _z.Pointer, _prior.Pointer, offset, imaginary: false);
            UpdateRow(_x.Pointer + length, _z.Pointer + length, _prior.Pointer + length, offset, imaginary: true);
        }
    }

    /// <summary>x' = z + (Σ parts + λ(f̂ − z) + κ·Laplacian(z − f̂))/(d + λ + 8κ), then z = x' + β(x' − x) and x = x', on one row of one plane.</summary>
    private void UpdateRow(float* x, float* z, float* prior, int offset, bool imaginary)
    {
        var lambda = new Vector<float>(_lambda);
        var beta = new Vector<float>(_momentum);
        var bound = new Vector<float>(_lambda + (float)Smoothing.LargestEigenvalue * _roughness);
        var smooth = imaginary ? _smoothing.Direction.Im : _smoothing.Direction.Re;
        var deviation = _deviation.Pointer + (imaginary ? _plan.PlaneLength : 0);
        // Rows are padded to whole vectors, so running over the end touches nothing of the object.
        for (var i = 0; i < Width; i += Vector<float>.Count)
        {
            var at = offset + i;
            var old = Vector.Load(z + at);
            var sum = lambda * (Vector.Load(prior + at) - old);
            if (_roughness > 0)
                sum += Vector.Load(smooth + at);
            foreach (var part in _parts)
                if (part.Touches(offset))
                    sum += Vector.Load((imaginary ? part.Gradient.Im : part.Gradient.Re) + at);
            var next = old + sum / (Vector.Load(_curvature.Pointer + at) + bound);
            var mask = Vector.LessThan(Indices(i), new Vector<float>(Width));
            var before = Vector.Load(x + at);
            var ahead = Vector.ConditionalSelect(mask, next + beta * (next - before), old);
            Vector.Store(ahead, z + at);
            Vector.Store(ahead - Vector.Load(prior + at), deviation + at);
            Vector.Store(Vector.ConditionalSelect(mask, next, before), x + at);
        }
    }

    private static Vector<float> Indices(int first) => Vector.CreateSequence((float)first, 1);

    private void Load(ReadOnlySpan<float> interleaved)
    {
        var prior = _prior.Pointer;
        var length = _plan.PlaneLength;
        for (var row = 0; row < Height; row++)
        {
            var offset = _plan.ObjectStart + row * _plan.Stride;
            for (var column = 0; column < Width; column++)
            {
                prior[offset + column] = interleaved[2 * (row * Width + column)];
                prior[length + offset + column] = interleaved[2 * (row * Width + column) + 1];
            }
        }
        _prior.Span.CopyTo(_x.Span);
        _prior.Span.CopyTo(_z.Span);
        _deviation.Span.Clear();
    }

    private void Store(Span<float> interleaved)
    {
        var x = _x.Pointer;
        var length = _plan.PlaneLength;
        for (var row = 0; row < Height; row++)
        {
            var offset = _plan.ObjectStart + row * _plan.Stride;
            for (var column = 0; column < Width; column++)
            {
                interleaved[2 * (row * Width + column)] = x[offset + column];
                interleaved[2 * (row * Width + column) + 1] = x[length + offset + column];
            }
        }
    }

    private void LoadCurvature()
    {
        var illumination = StartObjects.Illumination(_measurement);
        // Outside the object the curvature only has to keep a division finite.
        _curvature.Span.Fill(illumination.Max());
        for (var row = 0; row < Height; row++)
            illumination.AsSpan(row * Width, Width).CopyTo(_curvature.Span[(_plan.ObjectStart + row * _plan.Stride)..]);
    }
}
