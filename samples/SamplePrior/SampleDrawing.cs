using Ptycho.Diffusion.Sampling;
using static TorchSharp.torch;

namespace Ptycho.Samples.SamplePrior;

/// <summary>Draws many samples, a few at a time, so that memory stays small.</summary>
internal static class SampleDrawing
{
    private const int Batch = 4;

    /// <summary>Channels [count, 2, size, size]. The same seed and count give the same samples.</summary>
    public static Tensor Draw(
        PriorSampler sampler,
        int count,
        int size,
        long seed,
        Action<int>? done,
        CancellationToken cancellationToken
    )
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var first = 0; first < count; first += Batch)
        {
            var length = Math.Min(Batch, count - first);
            // A stream of its own for each batch; the constant keeps neighbouring seeds apart.
            var own = unchecked(seed * 1_000_003 + first);
            parts.Add(sampler.Sample(length, size, size, own, cancellation: cancellationToken));
            done?.Invoke(first + length);
        }
        return cat(parts, 0).MoveToOuterDisposeScope();
    }
}
