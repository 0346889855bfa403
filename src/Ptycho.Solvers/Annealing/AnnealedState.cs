using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>Everything that changes while a run goes down its levels. It owns its tensors, whatever scope made them.</summary>
internal sealed class AnnealedState : IDisposable
{
    internal AnnealedState(Tensor x, Tensor? clean = null) =>
        (X, Clean) = (x.DetachFromDisposeScope(), clean?.DetachFromDisposeScope());

    /// <summary>The noisy channels of the next level, float32 [C, 2, H, W].</summary>
    internal Tensor X { get; private set; }

    /// <summary>The channels in <see cref="X"/> without its noise, of one chain or all; null in a cold start.</summary>
    internal Tensor? Clean { get; private set; }

    /// <summary>The objects of the last level done, complex64 [C, H, W]; null before the first.</summary>
    internal Tensor? Objects { get; private set; }

    /// <summary>The levels done.</summary>
    internal List<AnnealedLevel> History { get; } = [];

    internal int Done => History.Count;

    internal void Move(Tensor x, Tensor clean)
    {
        X.Dispose();
        Clean?.Dispose();
        (X, Clean) = (x.DetachFromDisposeScope(), clean.DetachFromDisposeScope());
    }

    internal void Keep(Tensor objects)
    {
        Objects?.Dispose();
        Objects = objects.DetachFromDisposeScope();
    }

    public void Dispose()
    {
        X.Dispose();
        Clean?.Dispose();
        Objects?.Dispose();
    }
}
