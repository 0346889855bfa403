using System.Numerics.Tensors;
using Ptycho.Physics.Fourier;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// The probe's half of Wirtinger flow: its gradient and the object's illumination of it, gathered part by part, and
/// its accelerated step.
/// </summary>
internal sealed unsafe class ProbeFlow
{
    private readonly ScanPlan _plan;
    private readonly ProbeState _state;
    private readonly AlignedBuffer[] _gradients;
    private readonly AlignedBuffer[] _weights;
    private readonly AlignedBuffer _previous;
    private readonly AlignedBuffer _plane;

    public ProbeFlow(ScanPlan plan, ProbeState state, int parts)
    {
        (_plan, _state) = (plan, state);
        _gradients = [.. Enumerable.Range(0, parts).Select(_ => new AlignedBuffer(state.BufferLength))];
        _weights = [.. Enumerable.Range(0, parts).Select(_ => new AlignedBuffer(plan.PaddedSize))];
        _previous = new AlignedBuffer(state.BufferLength);
        _plane = new AlignedBuffer(plan.PlaneLength);
        _state.Target.Span.CopyTo(_previous.Span);
    }

    /// <summary>Forgets the momentum: the state's probe becomes P.</summary>
    public void Restart()
    {
        _previous.Span.CopyTo(_state.Target.Span);
        _state.Refresh();
    }

    /// <summary>P, while the state's probe is Q.</summary>
    public AlignedBuffer Estimate => _previous;

    /// <summary>Exchanges P and Q, so that the state's probe is P; twice is as before.</summary>
    public void Exchange()
    {
        var p = _previous.Span;
        var q = _state.Target.Span;
        q.CopyTo(_gradients[0].Span);
        p.CopyTo(q);
        _gradients[0].Span.CopyTo(p);
        _state.Refresh();
    }

    /// <summary>Brings the state up to date after its probe was replaced.</summary>
    public void Refresh() => _state.Refresh();

    /// <summary>Where a part's frames add their gradient.</summary>
    public AlignedBuffer Gradient(int part) => _gradients[part];

    public void Clear(int part)
    {
        _gradients[part].Span.Clear();
        _weights[part].Span.Clear();
    }

    /// <summary>Adds what the object of a window shines on the probe.</summary>
    public void AddWeight(int part, Planes image, int frame)
    {
        var place = image + _plan.Windows[frame].Offset;
        Kernel.AddWindowIntensity(place, _plan.Stride, _weights[part].Pointer, _plan.Height, _plan.Width);
    }

    /// <summary>1/max_r Σ_k Σ_m|P_m(r − r_k)|² of the present probe.</summary>
    public double LargestObjectStep() => _state.LargestStep(_plane);

    /// <summary>Adds all parts up in the first one.</summary>
    /// <returns>max_r Σ_k|o_k(r)|².</returns>
    public double Sum()
    {
        for (var part = 1; part < _gradients.Length; part++)
        {
            TensorPrimitives.Add(_gradients[0].Span, _gradients[part].Span, _gradients[0].Span);
            TensorPrimitives.Add(_weights[0].Span, _weights[part].Span, _weights[0].Span);
        }

        return TensorPrimitives.Max<float>(_weights[0].Span);
    }

    /// <summary>
    /// P' = Q + γ/max_r Σ_k|o_k(r)|²·g, Q = P' + β(P' − P), P = P'; Q is the state's probe, at which gradients are
    /// taken.
    /// </summary>
    public void Update(double gamma, float momentum)
    {
        var step = (float)(gamma / Sum());
        var probe = _state.Target.Span;
        var next = _gradients[0].Span;
        TensorPrimitives.MultiplyAdd(next, step, probe, next);
        TensorPrimitives.Subtract(next, _previous.Span, _previous.Span);
        TensorPrimitives.MultiplyAdd(_previous.Span, momentum, next, probe);
        next.CopyTo(_previous.Span);
        _state.Refresh();
    }
}
