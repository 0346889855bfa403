using Ptycho.Physics.Operators;
using Ptycho.Solvers.Classical.Kernels;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Accelerated Wirtinger flow over a stack; <see cref="AwfSolver"/> has the equations.</summary>
internal sealed class AwfFlow : TensorFlow
{
    private static readonly long[] s_plane = [1, 2];

    // Beyond any number of iterations: t grows by ½ in each.
    private const double MostMomentum = 1L << 32;
    private readonly AwfOptions _awf;
    private readonly ProbeDescent? _descent;
    private Tensor _x;
    private Tensor _z;
    private Tensor _knownSteps;

    // t of Nesterov's momentum of each object, and the misfit of the iteration before.
    private double[] _t;
    private double[] _before;

    public AwfFlow(MeasurementStack stack, IReadOnlyList<StackStart> starts, AwfOptions awf, TensorOptions options)
        : base(stack, starts, options, awf.Correction)
    {
        _awf = awf;
        using var scope = NewDisposeScope();
        _x = FieldTensors.ToTensor([.. starts.Select(s => s.Object)], stack.Device).DetachFromDisposeScope();
        _z = _x.clone().DetachFromDisposeScope();
        _knownSteps = PerObject(starts.Select(s => s.LargestStep)).DetachFromDisposeScope();
        if (stack.Freedom.Probes)
            _descent = new ProbeDescent(stack.Scan.Probe);
        _t = [.. starts.Select(_ => 1.0)];
        _before = [.. starts.Select(_ => double.PositiveInfinity)];
    }

    public override Tensor Objects() => _x.alias();

    public override Tensor? Probes() => _descent?.Estimate.alias();

    public override void Dispose()
    {
        _x.Dispose();
        _z.Dispose();
        _knownSteps.Dispose();
        _descent?.Dispose();
        base.Dispose();
    }

    protected override Tensor Step()
    {
        using var scope = NewDisposeScope();
        var refine = _awf.Refinement?.HasBegun(Done, ProbeRefinement.SteadyStart) == true ? _descent : null;
        refine?.Begin();
        var numbers = Split.HeldOut.Length == 0 ? null : Numbers(Split.Used);
        var places = numbers is null ? Stack.Scan.Places : Stack.Scan.Places.Ordered(numbers);
        var correct = Correction?.HasBegun(Done) == true ? Correction : null;
        correct?.Begin(Split.Used.Length, Stack.Device);
        var (gradient, misfits) = Gradient(places, numbers, refine, correct);
        var dataSteps =
            refine is not null ? LargestSteps(places).mul_(WirtingerFlow.JointStep)
            : correct is not null ? LargestSteps(places).mul_(WirtingerFlow.MovingStep)
            : _knownSteps;
        var next = Array.ConvertAll(_t, t => (1 + Math.Sqrt(1 + 4 * t * t)) / 2);
        var momentum = PerObject(_t.Zip(next, (t, n) => _awf.Accelerated ? (t - 1) / n : 0));
        _t = next;
        Move(gradient, dataSteps, momentum);
        if (refine is not null)
        {
            refine.Move(Stack.Scan.Probe, WirtingerFlow.JointStep * _awf.Refinement!.Gamma, momentum);
            Stack.Scan.ProbeChanged();
        }

        correct?.Move(Split.Used, Stack.Scan);
        if (!Stack.Freedom.IsNone)
            Watch(misfits.cpu().data<double>().ToArray(), refine is not null || correct is not null);
        return misfits.MoveToOuterDisposeScope();
    }

    protected override void VisitState(IFlowParts parts)
    {
        parts.Field("object", _x);
        parts.Field("extrapolated", _z);
        if (_descent is not null)
            parts.Field("probe.estimate", _descent.Estimate);
        parts.Numbers("momentum", _t, (_, t) => RequireIn(t[0], 1, MostMomentum, "momentum"));
        parts.Numbers("before", _before, (_, before) => RequireIn(before[0], 0, double.PositiveInfinity, "before"));
    }

    protected override void Select(int[] objects, Func<Tensor, Tensor> choose)
    {
        Replace(ref _x, choose);
        Replace(ref _z, choose);
        Replace(ref _knownSteps, choose);
        _descent?.Select(choose);
        _t = Array.ConvertAll(objects, b => _t[b]);
        _before = Array.ConvertAll(objects, b => _before[b]);
    }

    private static void RequireIn(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new InvalidDataException($"The checkpoint's '{name}' holds {value}.");
    }

    // [B, H, W] and, float64, [B].
    private (Tensor Gradient, Tensor Misfits) Gradient(
        FramePlaces places,
        Tensor? numbers,
        ProbeDescent? refine,
        ScanCorrection? correct
    )
    {
        var scan = Stack.Scan;
        var padded = scan.Pad(_z);
        var sum = zeros([Stack.Count, scan.PaddedSize], complex64, Stack.Device);
        var misfits = zeros([Stack.Count], float64, Stack.Device);
        foreach (var part in Stack.Chunks.Parts(Stack.Count, places.Count))
        {
            using var inner = NewDisposeScope();
            var frames = Stack.Take(part, places, numbers);
            var own = padded.narrow(0, part.Object, part.Objects);
            var (step, misfit) = frames.Step(frames.ToDetector(scan, own));
            misfits.narrow(0, part.Object, part.Objects).add_(misfit.sum(1));
            correct?.Add(part, scan.Differences(own, frames.Places), frames.Probe, step);
            refine?.Add(scan, part, scan.Cut(own, frames.Places), step, frames.Places);
            AddStep(sum.narrow(0, part.Object, part.Objects), step, frames.Probe.conj_physical(), frames.Places);
        }

        return (scan.Crop(sum), misfits);
    }

    // 1/max_r Σ_k Σ_m|Q_m(r − r_k)|² with the probes at whole pixels, [B, 1, 1].
    private Tensor LargestSteps(FramePlaces places)
    {
        var scan = Stack.Scan;
        var intensity = scan.Probe.abs().square().sum(2).to(complex64);
        var light = zeros([Stack.Count, scan.PaddedSize], complex64, Stack.Device);
        foreach (var part in Stack.Chunks.Parts(Stack.Count, places.Count))
        {
            using var inner = NewDisposeScope();
            var own = places.OfObjects(part.Object, part.Objects).Narrow(part.Frame, part.Frames);
            var windows = intensity.narrow(0, part.Object, part.Objects).expand(-1, part.Frames, -1, -1);
            scan.Add(light.narrow(0, part.Object, part.Objects), windows, own);
        }

        return scan.Crop(light).real.amax(s_plane, keepdim: true).reciprocal();
    }

    // x' = z + μ·g, z = x' + β(x' − x), x = x'.
    private void Move(Tensor direction, Tensor dataSteps, Tensor momentum)
    {
        if (_awf.Smoothness > 0)
            direction = direction - GridLaplacian.Roughness(_z) * (dataSteps.reciprocal() * _awf.Smoothness);
        var scale = _awf.StepFactor / (1 + GridLaplacian.LargestEigenvalue * _awf.Smoothness);
        _z.add_(direction * (dataSteps * scale));
        var change = (_z - _x).mul_(momentum);
        _x.copy_(_z);
        _z.add_(change);
    }

    // An object whose residual rises while probe or positions move forgets the momentum and goes on from its estimate.
    private void Watch(double[] misfits, bool moves)
    {
        var restarted = false;
        for (var b = 0; moves && b < misfits.Length; b++)
            if (misfits[b] > _before[b])
            {
                _z[b].copy_(_x[b]);
                if (_descent is not null)
                    Stack.Scan.Probe[b].copy_(_descent.Estimate[b]);
                (_t[b], restarted) = (1, true);
            }

        if (restarted)
            Stack.Scan.ProbeChanged();
        _before = misfits;
    }
}
