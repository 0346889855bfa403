using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// The probes' half of Wirtinger flow over a stack: P' = Q + γ/max_r Σ_k|o_k(r)|²·g, Q = P' + β(P' − P), P = P'. The
/// scan's probes are Q, at which gradients are taken.
/// </summary>
internal sealed class ProbeDescent : IDisposable
{
    private static readonly long[] s_window = [1, 2];
    private Tensor _estimate;
    private Tensor? _gradient;
    private Tensor? _weight;

    /// <param name="probes">Where they start, [B, 1, M, h, w]; copied.</param>
    internal ProbeDescent(Tensor probes) => _estimate = probes.clone().DetachFromDisposeScope();

    /// <summary>P.</summary>
    internal Tensor Estimate => _estimate;

    /// <summary>Starts to add up an iteration's gradient, in the caller's scope.</summary>
    internal void Begin()
    {
        var shape = _estimate.shape;
        _gradient = zeros_like(_estimate);
        _weight = zeros([shape[0], shape[3], shape[4]], float32, _estimate.device);
    }

    /// <summary>Adds what some frames say of their probes, conj(o)·δ, and what their objects shine on them.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="part">Which objects.</param>
    /// <param name="windows">o at the frames, [b, n, h, w].</param>
    /// <param name="step">δ, [b, n, M, h, w].</param>
    /// <param name="places">The frames' places.</param>
    internal void Add(ScanTensors scan, StackPart part, Tensor windows, Tensor step, FramePlaces places)
    {
        using var scope = NewDisposeScope();
        var product = scan.ToWholePixels(windows.conj_physical().unsqueeze(2) * step, places);
        _gradient!.narrow(0, part.Object, part.Objects).add_(product.sum(1, keepdim: true));
        _weight!.narrow(0, part.Object, part.Objects).add_(windows.abs().square().sum(1));
    }

    /// <summary>Takes the step; the caller tells the scan.</summary>
    /// <param name="probes">Q; changed.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="momentum">β of each object, [B, 1, 1].</param>
    internal void Move(Tensor probes, double gamma, Tensor momentum)
    {
        using var scope = NewDisposeScope();
        var steps = _weight!.amax(s_window, keepdim: true).reciprocal().mul_(gamma);
        probes.add_(_gradient! * Wide(steps));
        var change = (probes - _estimate).mul_(Wide(momentum));
        _estimate.copy_(probes);
        probes.add_(change);
    }

    internal void Select(Func<Tensor, Tensor> choose) => TensorFlow.Replace(ref _estimate, choose);

    public void Dispose() => _estimate.Dispose();

    private static Tensor Wide(Tensor perObject) => perObject.unsqueeze(3).unsqueeze(4);
}
