using Ptycho.IO;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Estimates of a stack's objects, each as it was when it was last worth keeping.</summary>
internal sealed class KeptEstimates : IDisposable
{
    private Tensor? _objects;
    private Tensor? _probes;

    /// <summary>What is kept, complex64 [B, H, W]; null before anything was.</summary>
    internal Tensor? Objects => _objects;

    /// <summary>The probes that belong to it, [B, 1, M, h, w]; null where they are not kept.</summary>
    internal Tensor? Probes => _probes;

    /// <summary>Keeps the estimates of some objects in place of those kept before; the first time of all.</summary>
    /// <param name="chosen">Whether an object's is kept, [B].</param>
    /// <param name="objects">Copied.</param>
    /// <param name="probes">Copied; always or never null.</param>
    internal void Keep(bool[] chosen, Tensor objects, Tensor? probes = null)
    {
        Keep(ref _objects, chosen, objects);
        if (probes is not null)
            Keep(ref _probes, chosen, probes);
    }

    /// <summary>The object that was kept last; null before anything was.</summary>
    internal ComplexField? Object(int place)
    {
        using var scope = NewDisposeScope();
        return _objects?[place].cpu().ToField();
    }

    internal void Select(Func<Tensor, Tensor> choose)
    {
        if (_objects is not null)
            TensorFlow.Replace(ref _objects, choose);
        if (_probes is not null)
            TensorFlow.Replace(ref _probes, choose);
    }

    public void Dispose()
    {
        _objects?.Dispose();
        _probes?.Dispose();
    }

    private static void Keep(ref Tensor? kept, bool[] chosen, Tensor source)
    {
        using var scope = NewDisposeScope();
        if (kept is null)
        {
            kept = source.clone().DetachFromDisposeScope();
            return;
        }

        for (var first = 0; first < chosen.Length; first++)
        {
            // One copy for neighbours: mostly it is all of them.
            var end = first;
            while (end < chosen.Length && chosen[end])
                end++;
            if (end > first)
                kept.narrow(0, first, end - first).copy_(source.narrow(0, first, end - first));
            first = end;
        }
    }
}
