using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Accelerated Wirtinger flow over a stack; <see cref="AwfSolver"/> has the equations.</summary>
internal sealed class AwfFlow : TensorFlow
{
    private readonly AwfOptions _awf;
    private Tensor _x;
    private Tensor _z;
    private Tensor _steps;
    private Tensor? _strengths;
    private double _t = 1;

    public AwfFlow(MeasurementStack stack, IReadOnlyList<StackStart> starts, AwfOptions awf, TensorOptions options)
        : base(stack, options)
    {
        _awf = awf;
        using var scope = NewDisposeScope();
        _x = FieldTensors.ToTensor([.. starts.Select(s => s.Object)], stack.Device).DetachFromDisposeScope();
        _z = _x.clone().DetachFromDisposeScope();
        var scale = awf.StepFactor / (1 + GridLaplacian.LargestEigenvalue * awf.Smoothness);
        _steps = PerObject(starts.Select(s => s.LargestStep * scale)).DetachFromDisposeScope();
        if (awf.Smoothness > 0)
            _strengths = PerObject(starts.Select(s => awf.Smoothness / s.LargestStep)).DetachFromDisposeScope();
    }

    public override Tensor Objects() => _x.alias();

    public override void Dispose()
    {
        _x.Dispose();
        _z.Dispose();
        _steps.Dispose();
        _strengths?.Dispose();
        base.Dispose();
    }

    protected override Tensor Step()
    {
        using var scope = NewDisposeScope();
        var (scan, padded) = (Stack.Scan, Stack.Scan.Pad(_z));
        var sum = zeros([Stack.Count, scan.PaddedSize], complex64, Stack.Device);
        var misfits = zeros([Stack.Count], float64, Stack.Device);
        foreach (var part in Stack.Chunks.Parts(Stack.Count, Stack.Frames))
        {
            using var inner = NewDisposeScope();
            var frames = Stack.Take(part, scan.Places);
            var farField = frames.ToDetector(scan, padded.narrow(0, part.Object, part.Objects));
            var (step, misfit) = frames.Step(farField);
            misfits.narrow(0, part.Object, part.Objects).add_(misfit.sum(1));
            AddStep(sum.narrow(0, part.Object, part.Objects), step, frames.Probe.conj_physical(), frames.Places);
        }

        Move(scan.Crop(sum));
        return misfits.MoveToOuterDisposeScope();
    }

    protected override void Select(Func<Tensor, Tensor> choose)
    {
        Replace(ref _x, choose);
        Replace(ref _z, choose);
        Replace(ref _steps, choose);
        if (_strengths is not null)
            Replace(ref _strengths, choose);
    }

    // x' = z + μ·g, z = x' + β(x' − x), x = x'.
    private void Move(Tensor direction)
    {
        if (_strengths is not null)
            direction = direction - GridLaplacian.Roughness(_z) * _strengths;
        var next = (1 + Math.Sqrt(1 + 4 * _t * _t)) / 2;
        Scalar momentum = _awf.Accelerated ? (_t - 1) / next : 0.0;
        _t = next;
        _z.add_(direction * _steps);
        var change = (_z - _x).mul_(momentum);
        _x.copy_(_z);
        _z.add_(change);
    }
}
