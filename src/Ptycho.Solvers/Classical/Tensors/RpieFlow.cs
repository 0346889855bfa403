using Ptycho.Physics.Operators;
using Ptycho.Physics.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>rPIE over a stack; <see cref="RpieSolver"/> has the equations, <see cref="TensorRpieSolver"/> the order.</summary>
internal sealed class RpieFlow : TensorFlow
{
    private readonly RpieOptions _rpie;
    private readonly DisjointFrames _disjoint;
    private readonly StableRandom _random;
    private readonly int[] _order;
    private readonly Scalar _one;
    private readonly TensorMomentum? _momentum;
    private Tensor _padded;
    private Tensor _largest;
    private Tensor? _factor;

    public RpieFlow(MeasurementStack stack, IReadOnlyList<StackStart> starts, RpieOptions rpie, TensorOptions options)
        : base(stack, options)
    {
        (_rpie, _one) = (rpie, 1 - rpie.Alpha);
        _random = new StableRandom(rpie.Seed);
        _order = [.. Enumerable.Range(0, stack.Frames)];
        // Objects that leave only take windows away: frames that do not touch still do not.
        var scans = stack.Measurements.Take(stack.Scans).Select(m => m.Positions);
        _disjoint = new DisjointFrames([.. scans], stack.Height, stack.Width, options.GroupFrames);
        using var scope = NewDisposeScope();
        var objects = FieldTensors.ToTensor([.. starts.Select(s => s.Object)], stack.Device);
        var padded = stack.Scan.Pad(objects);
        _padded = padded.contiguous().DetachFromDisposeScope();
        _largest = empty([0]).DetachFromDisposeScope();
        if (rpie.Momentum is { } momentum)
            _momentum = new TensorMomentum(momentum, _padded);
        Prepare();
    }

    public override Tensor Objects() => Stack.Scan.Crop(_padded);

    public override void Dispose()
    {
        _padded.Dispose();
        _largest.Dispose();
        _factor?.Dispose();
        _momentum?.Dispose();
        base.Dispose();
    }

    protected override Tensor Step()
    {
        using var scope = NewDisposeScope();
        if (_rpie.Order == FrameOrder.Random)
            _random.Permute(_order);
        var groups = _disjoint.Split(_order, out var sorted);
        var numbers = tensor([.. sorted.Select(k => (long)k)], device: Stack.Device);
        var places = Stack.Scan.Places.Ordered(numbers);
        var misfits = zeros([Stack.Count], float64, Stack.Device);
        foreach (var (first, count) in groups)
            for (int place = first, taken; place < first + count; place += taken)
            {
                // A step of the momentum comes between two frames, also of one group.
                taken = Math.Min(first + count - place, _momentum?.Left ?? int.MaxValue);
                using var group = NewDisposeScope();
                VisitTogether(places.Narrow(place, taken), numbers.narrow(0, place, taken), misfits);
                _momentum?.Add(taken, _padded);
            }

        return misfits.MoveToOuterDisposeScope();
    }

    protected override void Select(Func<Tensor, Tensor> choose)
    {
        Replace(ref _padded, choose);
        _momentum?.Select(choose);
        Prepare();
    }

    private void VisitTogether(FramePlaces places, Tensor numbers, Tensor misfits)
    {
        foreach (var part in Stack.Chunks.Parts(Stack.Count, numbers.shape[0]))
        {
            using var inner = NewDisposeScope();
            Visit(part, places, numbers, misfits.narrow(0, part.Object, part.Objects));
        }

        Stack.Scan.ClearMargin(_padded);
    }

    private void Visit(StackPart part, FramePlaces places, Tensor numbers, Tensor misfits)
    {
        var frames = Stack.Take(part, places, numbers);
        var padded = _padded.narrow(0, part.Object, part.Objects);
        var (step, misfit) = frames.Step(frames.ToDetector(Stack.Scan, padded));
        misfits.add_(misfit.sum(1));
        var (scan, scans) = Stack.Scans == 1 ? (0, 1) : (part.Object, part.Objects);
        var factor = _factor is null
            ? Factor(frames.Probe, _largest.narrow(0, scan, scans))
            : _factor.narrow(0, scan, scans);
        AddStep(padded, step, factor, frames.Places);
    }

    // max Σ_m|P_m|² of each probe, and the factor of the step where probes are not shifted.
    private void Prepare()
    {
        using var scope = NewDisposeScope();
        var probe = Stack.Scan.Probe;
        _largest.Dispose();
        _largest = Intensity(probe).amax([1, 2, 3, 4], keepdim: true).DetachFromDisposeScope();
        _factor?.Dispose();
        _factor = Stack.Scan.IsFractional ? null : Factor(probe, _largest).DetachFromDisposeScope();
    }

    // γ·conj(P)/((1 − α)Σ|P|² + α·max Σ|P|²)
    private Tensor Factor(Tensor probe, Tensor largest)
    {
        var denominator = Intensity(probe) * _one + largest * _rpie.Alpha;
        return probe.conj_physical() * (denominator.reciprocal() * _rpie.Gamma);
    }

    private static Tensor Intensity(Tensor probe) => probe.abs().square().sum(2, keepdim: true);
}
