using Ptycho.Physics.Operators;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>rPIE over a stack; <see cref="RpieSolver"/> has the equations, <see cref="TensorRpieSolver"/> the order.</summary>
internal sealed class RpieFlow : TensorFlow
{
    private const double SmallestLight = 1e-30;
    private static readonly long[] s_perProbe = [1, 2, 3, 4];
    private readonly RpieOptions _rpie;
    private readonly DisjointFrames _disjoint;
    private readonly StableRandom _random;
    private readonly int[] _order;
    private readonly int[] _frames;
    private readonly Scalar _one;
    private readonly TensorMomentum? _momentum;
    private readonly TensorMomentum? _probeMomentum;
    private Tensor _padded;
    private Tensor _largest;
    private Tensor? _factor;
    private int _updates;
    private int _drawn;

    public RpieFlow(MeasurementStack stack, IReadOnlyList<StackStart> starts, RpieOptions rpie, TensorOptions options)
        : base(stack, starts, options, rpie.Correction)
    {
        (_rpie, _one) = (rpie, 1 - rpie.Alpha);
        _random = new StableRandom(rpie.Seed);
        _frames = (int[])Split.Used.Clone();
        _order = new int[_frames.Length];
        // Objects that leave only take windows away: frames that do not touch still do not.
        var scans = stack.Measurements.Take(stack.Scans).Select(m => m.Positions);
        _disjoint = new DisjointFrames([.. scans], stack.Height, stack.Width, options.GroupFrames);
        using var scope = NewDisposeScope();
        var objects = FieldTensors.ToTensor([.. starts.Select(s => s.Object)], stack.Device);
        var padded = stack.Scan.Pad(objects);
        _padded = padded.contiguous().DetachFromDisposeScope();
        _largest = empty([0]).DetachFromDisposeScope();
        if (rpie.Momentum is { } momentum)
        {
            _momentum = new TensorMomentum(momentum.ObjectFriction, _padded);
            _probeMomentum = stack.Freedom.Probes ? new TensorMomentum(momentum.ProbeFriction, stack.Scan.Probe) : null;
        }

        Prepare();
    }

    public override Tensor Objects() => Stack.Scan.Crop(_padded);

    public override void Dispose()
    {
        _padded.Dispose();
        _largest.Dispose();
        _factor?.Dispose();
        _momentum?.Dispose();
        _probeMomentum?.Dispose();
        base.Dispose();
    }

    protected override Tensor Step()
    {
        using var scope = NewDisposeScope();
        Draw();
        var joint = _rpie.Refinement?.HasBegun(Done, ProbeRefinement.SteadyStart) == true;
        var correct = Correction?.HasBegun(Done) == true ? Correction : null;
        var groups = _disjoint.Split(_frames, out var sorted);
        var numbers = Numbers(sorted);
        var places = Stack.Scan.Places.Ordered(numbers);
        var misfits = zeros([Stack.Count], float64, Stack.Device);
        correct?.Begin(sorted.Length, Stack.Device);
        foreach (var (first, count) in groups)
            for (int place = first, taken; place < first + count; place += taken)
            {
                // A step of the momentum comes between two frames, also of one group; the probe changes with each, and
                // what a frame says of its place is asked before the next one changes the object.
                taken = joint || correct is not null ? 1 : Math.Min(first + count - place, UpdatesLeft());
                using var group = NewDisposeScope();
                var some = new Visited(places.Narrow(place, taken), numbers.narrow(0, place, taken), place);
                VisitTogether(some, misfits, joint, correct);
                Accelerate(taken, joint);
                if (joint)
                    Refresh();
            }

        correct?.Move(sorted, Stack.Scan);
        return misfits.MoveToOuterDisposeScope();
    }

    protected override void VisitState(IFlowParts parts)
    {
        parts.Field("object", _padded);
        _momentum?.Visit(parts, "object");
        _probeMomentum?.Visit(parts, "probe");
        if (_rpie.Momentum is not { } momentum)
            return;
        double updates = _updates;
        parts.Number("updates", ref updates, n => n >= 0 && n < momentum.Period && n == Math.Floor(n));
        _updates = (int)updates;
    }

    protected override void Restored() => Prepare();

    protected override void Select(int[] objects, Func<Tensor, Tensor> choose)
    {
        Replace(ref _padded, choose);
        _momentum?.Select(choose);
        _probeMomentum?.Select(choose);
        Prepare();
    }

    private void Draw()
    {
        if (_rpie.Order == FrameOrder.Sequential)
            return;
        // Sweep n has the n-th permutation of the seed, also where a run goes on from a checkpoint.
        for (; _drawn <= Done; _drawn++)
            _random.Permute(_order);
        for (var i = 0; i < _order.Length; i++)
            _frames[i] = Split.Used[_order[i]];
    }

    // Updates of frames that may be taken at once: no more than are left of the period.
    private int UpdatesLeft() => _rpie.Momentum is { } momentum ? momentum.Period - _updates : int.MaxValue;

    private void Accelerate(int updates, bool joint)
    {
        if (_momentum is null || (_updates += updates) < _rpie.Momentum!.Period)
            return;
        _updates = 0;
        _momentum.Step(_padded);
        if (joint)
            _probeMomentum!.Step(Stack.Scan.Probe);
    }

    private void Refresh()
    {
        Stack.Scan.ProbeChanged();
        Prepare();
    }

    private void VisitTogether(Visited some, Tensor misfits, bool joint, ScanCorrection? correct)
    {
        foreach (var part in Stack.Chunks.Parts(Stack.Count, some.Places.Count))
        {
            using var inner = NewDisposeScope();
            Visit(part, some, misfits.narrow(0, part.Object, part.Objects), joint, correct);
        }

        Stack.Scan.ClearMargin(_padded);
    }

    private void Visit(StackPart part, Visited some, Tensor misfits, bool joint, ScanCorrection? correct)
    {
        var frames = Stack.Take(part, some.Places, some.Numbers);
        var padded = _padded.narrow(0, part.Object, part.Objects);
        var (step, misfit) = frames.Step(frames.ToDetector(Stack.Scan, padded));
        misfits.add_(misfit.sum(1));
        var (scan, scans) = Stack.Scans == 1 ? (0, 1) : (part.Object, part.Objects);
        var factor = _factor is null
            ? Factor(frames.Probe, _largest.narrow(0, scan, scans))
            : _factor.narrow(0, scan, scans);
        // The probe's step needs the object before its own, and δ before it is overwritten.
        var probeStep = joint ? ProbeStep(Stack.Scan.Cut(padded, frames.Places), step, frames.Places) : null;
        var kept = correct is null ? null : step.clone();
        AddStep(padded, step, factor, frames.Places);
        if (probeStep is not null)
            Stack.Scan.Probe.narrow(0, part.Object, part.Objects).add_(probeStep);
        if (correct is null)
            return;
        Stack.Scan.ClearMargin(padded);
        var differences = Stack.Scan.Differences(padded, frames.Places);
        correct.Add(part with { Frame = some.First + part.Frame }, differences, ProbeNow(part, frames, joint), kept!);
    }

    // A probe that was just changed counts at once where it is shifted, as in the managed solver.
    private Tensor ProbeNow(StackPart part, StackFrames frames, bool joint)
    {
        if (!joint)
            return frames.Probe;
        Stack.Scan.ProbeChanged();
        var whole = frames.Places.Rows!.eq(0).logical_and(frames.Places.Columns!.eq(0)).unsqueeze(3).unsqueeze(4);
        return where(whole, frames.Probe, Stack.Scan.ProbeAt(frames.Places, part.Object));
    }

    // γ·conj(o)/((1 − β)|o|² + β·max|o|²)·δ of one frame of each object, at whole pixels.
    private Tensor ProbeStep(Tensor window, Tensor step, FramePlaces places)
    {
        var options = _rpie.Refinement!;
        var intensity = window.abs().square().unsqueeze(2);
        var denominator = intensity * (1 - options.Beta) + intensity.amax(s_perProbe, keepdim: true) * options.Beta;
        // A window without light says nothing: 0 over anything is 0.
        var weight = denominator.clamp_min(SmallestLight).reciprocal() * options.Gamma;
        return Stack.Scan.ToWholePixels(step * (window.conj_physical().unsqueeze(2) * weight), places);
    }

    // max Σ_m|P_m|² of each probe, and the factor of the step where probes are not shifted.
    private void Prepare()
    {
        using var scope = NewDisposeScope();
        var probe = Stack.Scan.Probe;
        _largest.Dispose();
        _largest = Intensity(probe).amax(s_perProbe, keepdim: true).DetachFromDisposeScope();
        _factor?.Dispose();
        _factor = Stack.Scan.IsFractional ? null : Factor(probe, _largest).DetachFromDisposeScope();
    }

    // γ·conj(P)/((1 − α)Σ|P|² + α·max Σ|P|²)
    private Tensor Factor(Tensor probe, Tensor largest)
    {
        var denominator = Intensity(probe) * _one + largest * _rpie.Alpha;
        return probe.conj_physical() * (denominator.reciprocal() * _rpie.Gamma);
    }

    /// <summary>Frames that are visited together, and the place of the first in the sweep.</summary>
    private sealed record Visited(FramePlaces Places, Tensor Numbers, int First);

    private static Tensor Intensity(Tensor probe) => probe.abs().square().sum(2, keepdim: true);
}
