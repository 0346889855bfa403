using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Classical.Runs;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>The state of rPIE: one object that every frame changes in its turn.</summary>
internal sealed class RpieState : IClassicalState
{
    private readonly RpieOptions _options;
    private readonly ProbeState _state;
    private readonly FrameEngine _engine;
    private readonly AlignedBuffer _image;
    private readonly ProbeWeighting _weighting;
    private readonly PositionMover? _mover;
    private readonly Momentum? _objectMomentum;
    private readonly Momentum? _probeMomentum;
    private readonly int[] _order;
    private readonly int[] _frames;
    private readonly StableRandom _random;
    private readonly double[] _numbers = new double[1];
    private int _drawn;
    private bool _looked;

    public RpieState(ClassicalSetup setup, Measurement measurement, RpieOptions options)
    {
        (Plan, _options) = (setup.Plan, options);
        var weighting = ObjectWeighting.Rpie(options.Alpha, options.Gamma);
        _state = new ProbeState(Plan, measurement.Probe, setup.ProbeScale, weighting);
        _engine = new FrameEngine(Plan, _state);
        _image = new AlignedBuffer(2 * Plan.PlaneLength);
        setup.LoadStart(Image);
        _random = new StableRandom(options.Seed);
        _frames = (int[])Plan.Used.Clone();
        _order = new int[_frames.Length];
        _mover = options.Correction is { } correction ? new PositionMover(Plan, correction) : null;
        Estimate = [new StateBuffer("object", _image)];
        if (options.Refinement is { } refinement)
        {
            _weighting = ProbeWeighting.Rpie(refinement.Beta, refinement.Gamma);
            Estimate = [.. Estimate, new StateBuffer("probe", _state.Target)];
        }

        if (options.Momentum is not { } momentum)
            return;
        _objectMomentum = new Momentum(_image, momentum.ObjectFriction);
        Memory = Named("object", _objectMomentum);
        if (options.Refinement is null)
            return;
        _probeMomentum = new Momentum(_state.Target, momentum.ProbeFriction);
        Memory = [.. Memory, .. Named("probe", _probeMomentum)];
    }

    public ScanPlan Plan { get; }

    public IReadOnlyList<StateBuffer> Estimate { get; }

    public IReadOnlyList<StateBuffer> Memory { get; } = [];

    /// <summary>The updates since the last step of the momentum.</summary>
    public Span<double> Numbers => _numbers;

    public bool MovesPositions => _mover is not null;

    private Planes Image => Planes.Of(_image, Plan.PlaneLength);

    public long Evaluations(int iterations) => 2L * iterations + 1;

    public double Iterate(int done)
    {
        Draw(done);
        var joint = _options.Refinement?.HasBegun(done, ProbeRefinement.SteadyStart) == true;
        var correct = _options.Correction is { } correction && done >= correction.StartIteration;
        _looked = !joint && _engine.Looks && _objectMomentum is null;
        _engine.BeginToLook();
        var misfit = 0.0;
        for (var i = 0; i < _frames.Length; i++)
        {
            var frame = _frames[i];
            misfit += joint
                ? _engine.JointStep(Image, frame, Image, _state.Target, _weighting)
                : _engine.Step(Image, frame, Image, i + 1 < _frames.Length ? _frames[i + 1] : -1);
            if (correct)
            {
                var (rows, columns) = _engine.EstimateShift(Image, frame);
                _mover!.Move(frame, rows, columns);
            }

            if (_objectMomentum is not null)
                Accelerate(joint);
            if (joint)
                _state.Refresh();
        }

        if (correct)
            _mover!.RemoveDrift();
        GC.KeepAlive(this);
        return misfit;
    }

    // Where each step looked through what it wrote, the object need not be read again.
    public bool IsFinite(int part) => part == 0 && _looked ? _engine.WroteFinite : Estimate[part].IsFinite;

    public void Restored()
    {
        if (_options.Refinement is not null)
            _state.Refresh();
    }

    public double Misfit(ReadOnlySpan<int> frames)
    {
        var misfit = 0.0;
        foreach (var frame in frames)
            misfit += _engine.Misfit(Image, frame);
        GC.KeepAlive(this);
        return misfit;
    }

    public void Misfits(Span<double> misfits)
    {
        for (var frame = 0; frame < misfits.Length; frame++)
            misfits[frame] = _engine.Misfit(Image, frame);
        GC.KeepAlive(this);
    }

    public ComplexField ToObject()
    {
        var field = Plan.ToField(Image);
        GC.KeepAlive(this);
        return field;
    }

    public Probe ToProbe() => _options.Refinement is null ? Plan.Measurement.Probe : _state.ToProbe();

    public void Dispose() { }

    private static StateBuffer[] Named(string name, Momentum momentum) =>
        [new StateBuffer($"{name}.velocity", momentum.Velocity), new StateBuffer($"{name}.last", momentum.Last)];

    // Sweep n has the n-th permutation of the seed, also where a run goes on from a checkpoint.
    private void Draw(int done)
    {
        if (_options.Order == FrameOrder.Sequential)
            return;
        for (; _drawn <= done; _drawn++)
            _random.Permute(_order);
        for (var i = 0; i < _order.Length; i++)
            _frames[i] = Plan.Used[_order[i]];
    }

    private void Accelerate(bool joint)
    {
        if (++_numbers[0] < _options.Momentum!.Period)
            return;
        _numbers[0] = 0;
        _objectMomentum!.Step();
        if (joint)
            _probeMomentum!.Step();
    }
}
