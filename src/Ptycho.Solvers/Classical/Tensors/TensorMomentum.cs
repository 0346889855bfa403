using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>The object's velocity of mPIE over a stack; <see cref="PieMomentum"/> has the equations.</summary>
internal sealed class TensorMomentum : IDisposable
{
    private readonly PieMomentum _options;
    private Tensor _velocity;
    private Tensor _last;
    private int _updates;

    /// <param name="options">Period and friction.</param>
    /// <param name="objects">The objects at the start, of any shape [B, …]; copied.</param>
    internal TensorMomentum(PieMomentum options, Tensor objects)
    {
        _options = options;
        _velocity = zeros_like(objects).DetachFromDisposeScope();
        _last = objects.clone().DetachFromDisposeScope();
    }

    /// <summary>Updates of frames that may be taken at once: no more than are left of the period.</summary>
    internal int Left => _options.Period - _updates;

    /// <summary>Takes note of so many updates, at most those left, and at the end of a period takes the step.</summary>
    internal void Add(int updates, Tensor objects)
    {
        _updates += updates;
        if (_updates < _options.Period)
            return;
        _updates = 0;
        using var scope = NewDisposeScope();
        _velocity.mul_(_options.ObjectFriction).add_(objects).sub_(_last);
        objects.add_(_velocity * _options.ObjectFriction);
        _last.copy_(objects);
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
