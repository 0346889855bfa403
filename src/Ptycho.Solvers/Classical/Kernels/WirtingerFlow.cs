using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Classical.Runs;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The state of accelerated Wirtinger flow. The frames are cut into parts, whose number depends on the scan alone and
/// each of which has its own gradient plane; the planes are added in their order. So the bits of the result do not
/// depend on the number of threads.
/// </summary>
internal sealed unsafe class WirtingerFlow : IClassicalState
{
    private const int LargestParts = 8;
    private const int FramesPerPart = 8;
    private const int RowsPerBlock = 32;

    /// <summary>While object and probe both move, each takes half of its own largest step.</summary>
    public const double JointStep = 0.5;

    /// <summary>While positions move, the light moves a little with them.</summary>
    public const double MovingStep = 0.9;

    private readonly AwfOptions _options;
    private readonly WorkerTeam _team;
    private readonly FrameEngine[] _engines;
    private readonly FlowPart[] _parts;
    private readonly ProbeState _state;
    private readonly AlignedBuffer _x;
    private readonly AlignedBuffer _z;
    private readonly AlignedBuffer? _light;
    private readonly Action<int, int> _gradient;
    private readonly Action<int, int> _update;
    private readonly Action<int, int> _evaluate;
    private readonly double[] _misfits;
    private readonly double[] _evaluated;
    private readonly double[] _shifts = [];
    private readonly double _knownStep;
    private readonly ProbeFlow? _probeFlow;
    private readonly PositionMover? _mover;
    private readonly Smoothing? _smoothing;
    private readonly RowSchedule? _schedule;
    private readonly float[] _finite;

    // t of Nesterov's momentum, and the misfit of the iteration before.
    private readonly double[] _numbers = [1, double.PositiveInfinity];
    private float _objectStep;
    private float _lambda;
    private float _momentum;
    private bool _refine;
    private bool _correct;

    public WirtingerFlow(ClassicalSetup setup, Measurement measurement, AwfOptions options)
    {
        (Plan, _options, _knownStep) = (setup.Plan, options, setup.LargestStep);
        _state = new ProbeState(Plan, measurement.Probe, setup.ProbeScale, ObjectWeighting.Gradient);
        // Otherwise the step is known only after all frames, or needs neighbours as they were.
        var updatesAtOnce = options.Refinement is null && options.Correction is null && !(options.Smoothness > 0);
        var count = Math.Clamp(Plan.Used.Length / FramesPerPart, 1, LargestParts);
        _parts = FlowPart.Split(Plan, count, updatesAtOnce ? RowsPerBlock : 0);
        _x = new AlignedBuffer(2 * Plan.PlaneLength);
        _z = new AlignedBuffer(2 * Plan.PlaneLength);
        setup.LoadStart(X);
        setup.LoadStart(Z);
        _misfits = new double[Plan.FrameCount];
        _evaluated = new double[Plan.FrameCount];
        var workers = Math.Min(options.Threads == 0 ? Environment.ProcessorCount : options.Threads, _parts.Length);
        _engines = new FrameEngine[workers];
        for (var i = 0; i < workers; i++)
            _engines[i] = new FrameEngine(Plan, _state);
        _team = new WorkerTeam(workers);
        Estimate = [new StateBuffer("object", _x)];
        Memory = [new StateBuffer("object.momentum", _z)];
        if (options.Refinement is not null)
        {
            _probeFlow = new ProbeFlow(Plan, _state, _parts.Length);
            Estimate = [.. Estimate, new StateBuffer("probe", _probeFlow.Estimate)];
            Memory = [.. Memory, new StateBuffer("probe.momentum", _state.Target)];
        }

        if (options.Correction is { } correction)
        {
            _mover = new PositionMover(Plan, correction);
            _shifts = new double[2 * Plan.FrameCount];
            _light = new AlignedBuffer(Plan.PlaneLength);
        }

        _smoothing = options.Smoothness > 0 ? new Smoothing(Plan) : null;
        _finite = new float[Blocks];
        if (updatesAtOnce)
            _schedule = new RowSchedule(Plan, _parts, RowsPerBlock);
        (_gradient, _update, _evaluate) = (Gradient, Update, Evaluate);
    }

    public ScanPlan Plan { get; }

    public IReadOnlyList<StateBuffer> Estimate { get; }

    public IReadOnlyList<StateBuffer> Memory { get; }

    public Span<double> Numbers => _numbers;

    public bool MovesPositions => _mover is not null;

    private Planes X => Planes.Of(_x, Plan.PlaneLength);

    private Planes Z => Planes.Of(_z, Plan.PlaneLength);

    private int ObjectHeight => Plan.Measurement.ObjectHeight;

    private int Blocks => (ObjectHeight + RowsPerBlock - 1) / RowsPerBlock;

    public long Evaluations(int iterations) => 2L * iterations + 1;

    public double Iterate(int done)
    {
        _refine = _options.Refinement?.HasBegun(done, ProbeRefinement.SteadyStart) == true;
        _correct = _options.Correction is { } correction && done >= correction.StartIteration;
        var t = _numbers[0];
        var next = (1 + Math.Sqrt(1 + 4 * t * t)) / 2;
        _momentum = _options.Accelerated ? (float)((t - 1) / next) : 0;
        var dataStep = DataStep();
        _objectStep = (float)(_options.StepFactor * dataStep / (1 + Smoothing.LargestEigenvalue * _options.Smoothness));
        _lambda = (float)(_options.Smoothness / dataStep);
        _schedule?.Begin();
        _team.Run(_gradient, _parts.Length + (_smoothing is null ? 0 : Blocks));
        if (_schedule is null)
            _team.Run(_update, Blocks);
        if (_refine)
            _probeFlow!.Update(JointStep * _options.Refinement!.Gamma, _momentum);
        if (_correct)
            MovePositions();
        var misfit = 0.0;
        foreach (var frame in _misfits)
            misfit += frame;
        var restart = (_refine || _correct) && misfit > _numbers[1];
        if (restart)
            Restart();
        _numbers[0] = restart ? 1 : next;
        _numbers[1] = misfit;
        return misfit;
    }

    // The object's rows were looked through while they were at hand.
    public bool IsFinite(int part)
    {
        if (part != 0)
            return Estimate[part].IsFinite;
        var finite = 0f;
        foreach (var block in _finite)
            finite += block;
        return finite == 0;
    }

    public void Restored() => _probeFlow?.Refresh();

    public double Misfit(ReadOnlySpan<int> frames)
    {
        _probeFlow?.Exchange();
        var misfit = 0.0;
        foreach (var frame in frames)
            misfit += _engines[0].Misfit(X, frame);
        _probeFlow?.Exchange();
        return misfit;
    }

    public void Misfits(Span<double> misfits)
    {
        _probeFlow?.Exchange();
        _team.Run(_evaluate, Plan.FrameCount);
        _probeFlow?.Exchange();
        _evaluated.CopyTo(misfits);
    }

    public ComplexField ToObject() => Plan.ToField(X);

    public Probe ToProbe()
    {
        if (_probeFlow is null)
            return Plan.Measurement.Probe;
        _probeFlow.Exchange();
        var probe = _state.ToProbe();
        _probeFlow.Exchange();
        return probe;
    }

    public void Dispose()
    {
        _team.Dispose();
        GC.KeepAlive(this);
    }

    private double DataStep()
    {
        if (_refine)
            return JointStep * _probeFlow!.LargestObjectStep();
        return _correct ? MovingStep * _state.LargestStep(_light!) : _knownStep;
    }

    // Forgets the momentum and goes on from x.
    private void Restart()
    {
        _x.Span.CopyTo(_z.Span);
        _probeFlow?.Restart();
    }

    private void MovePositions()
    {
        foreach (var frame in Plan.Used)
            _mover!.Move(frame, _shifts[2 * frame], _shifts[2 * frame + 1]);
        _mover!.RemoveDrift();
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
        var flow = _refine ? _probeFlow! : null;
        flow?.Clear(item);
        var waiting = 0;
        for (var i = 0; i < part.Frames.Length; i++)
        {
            var frame = part.Frames[i];
            if (flow is null)
            {
                var next = i + 1 < part.Frames.Length ? part.Frames[i + 1] : -1;
                _misfits[frame] = _engines[worker].Step(Z, frame, part.Band, next);
            }
            else
            {
                var (target, weighting) = (flow.Gradient(item), ProbeWeighting.Gradient);
                _misfits[frame] = _engines[worker].JointStep(Z, frame, part.Band.Plane, target, weighting);
                flow.AddWeight(item, Z, frame);
            }

            if (_correct)
                (_shifts[2 * frame], _shifts[2 * frame + 1]) = _engines[worker].EstimateShift(Z, frame);
            _schedule?.Done(item, i, ref waiting, worker, _update);
        }
    }

    private void Evaluate(int worker, int frame) => _evaluated[frame] = _engines[worker].Misfit(X, frame);

    private void Update(int worker, int item)
    {
        var real = stackalloc nint[LargestParts + 1];
        var imaginary = stackalloc nint[LargestParts + 1];
        var (top, left) = Math.DivRem(Plan.ObjectStart, Plan.Stride);
        var end = top + Math.Min(ObjectHeight, (item + 1) * RowsPerBlock);
        var finite = 0f;
        for (var row = top + item * RowsPerBlock; row < end; row++)
        {
            var offset = row * Plan.Stride + left;
            var count = 0;
            foreach (var part in _parts)
            {
                if (!part.Touches(row))
                    continue;
                var gradient = part.Band.At(row, left).First;
                (real[count], imaginary[count++]) = ((nint)gradient.Re, (nint)gradient.Im);
            }

            var used = count;
            if (_smoothing is not null)
            {
                var gradient = _smoothing.Direction + offset;
                (real[count], imaginary[count++]) = ((nint)gradient.Re, (nint)gradient.Im);
            }

            finite += Row(X.Re + offset, Z.Re + offset, new(real, count), used);
            finite += Row(X.Im + offset, Z.Im + offset, new(imaginary, count), used);
        }

        _finite[item] = finite;
    }

    private float Row(float* x, float* z, ReadOnlySpan<nint> parts, int used)
    {
        var (width, ahead) = (Plan.Measurement.ObjectWidth, Plan.Stride);
        return Kernel.Accelerate(x, z, parts, used, width, _objectStep, _momentum, ahead);
    }
}
