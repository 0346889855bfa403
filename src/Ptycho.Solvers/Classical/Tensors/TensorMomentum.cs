using Ptycho.Solvers.Classical.Tensors.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>A velocity of mPIE over a stack; <see cref="PieMomentum"/> has the equations.</summary>
internal sealed class TensorMomentum : IDisposable
{
    private readonly Scalar _friction;
    private Tensor _velocity;
    private Tensor _last;

    /// <param name="friction">The part of the velocity that is kept.</param>
    /// <param name="start">Objects or probes at the start, of any shape [B, …]; copied.</param>
    internal TensorMomentum(double friction, Tensor start)
    {
        _friction = friction;
        _velocity = zeros_like(start).DetachFromDisposeScope();
        _last = start.clone().DetachFromDisposeScope();
    }

    /// <summary>Takes the step at the end of a period.</summary>
    internal void Step(Tensor estimate)
    {
        using var scope = NewDisposeScope();
        _velocity.mul_(_friction).add_(estimate).sub_(_last);
        estimate.add_(_velocity * _friction);
        _last.copy_(estimate);
    }

    internal void Visit(IFlowParts parts, string name)
    {
        parts.Field($"{name}.velocity", _velocity);
        parts.Field($"{name}.last", _last);
    }

    internal void Select(Func<Tensor, Tensor> choose)
    {
        TensorFlow.Replace(ref _velocity, choose);
        TensorFlow.Replace(ref _last, choose);
    }

    public void Dispose()
    {
        _velocity.Dispose();
        _last.Dispose();
    }
}
