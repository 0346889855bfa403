using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>The global phase, on which the data say nothing.</summary>
internal static class Gauge
{
    /// <summary>Objects turned so that arg Σ f = 0, the gauge in which priors are trained. [B, H, W].</summary>
    internal static Tensor Fix(Tensor objects)
    {
        using var scope = NewDisposeScope();
        return Turn(objects, objects.sum(1, 2, keepdim: true)).MoveToOuterDisposeScope();
    }

    /// <summary>Objects turned to the phase of a reference: arg⟨reference, f⟩ = 0. [B, H, W] and [H, W] or [B, H, W].</summary>
    internal static Tensor Align(Tensor objects, Tensor reference)
    {
        using var scope = NewDisposeScope();
        var inner = (reference.conj_physical() * objects).sum(1, 2, keepdim: true);
        return Turn(objects, inner).MoveToOuterDisposeScope();
    }

    private static Tensor Turn(Tensor objects, Tensor phase) => objects * phase.sgn().conj_physical();
}
