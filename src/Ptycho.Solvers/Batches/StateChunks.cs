using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Priors;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Batches;

/// <summary>
/// Denoises many states, all at once as long as memory holds them: a call that the device's memory does not last for is
/// repeated with half of the states, and so are all later ones.
/// </summary>
internal sealed class StateChunks(IPrior prior, Device device, ILogger logger)
{
    /// <summary>States in one call, as of now.</summary>
    internal int StatesAtOnce { get; private set; } = int.MaxValue;

    /// <summary>x̂₀ of every state.</summary>
    /// <param name="states">float32 [B, 2, H, W], on any device.</param>
    /// <param name="level">Their level.</param>
    /// <returns>float32 [B, 2, H, W] on the states' device, in the caller's scope.</returns>
    internal Tensor Denoise(Tensor states, int level)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var count = states.shape[0];
        var parts = new List<Tensor>();
        for (var first = 0L; first < count; )
        {
            var size = Math.Min(StatesAtOnce, count - first);
            if (Try(states.narrow(0, first, size), level) is not { } part)
                continue;
            parts.Add(part);
            first += size;
        }
        return (parts.Count == 1 ? parts[0] : cat(parts, 0)).MoveToOuterDisposeScope();
    }

    /// <summary>The estimate, or null after the number of states was halved.</summary>
    private Tensor? Try(Tensor states, int level)
    {
        using var scope = NewDisposeScope();
        try
        {
            var there = states.to(device);
            return prior.Denoise(there, level).to(states.device).MoveToOuterDisposeScope();
        }
        catch (Exception error) when (states.shape[0] > 1 && DeviceMemory.IsExhausted(error))
        {
            var failed = (int)states.shape[0];
            StatesAtOnce = failed / 2;
            BatchLog.Halved(logger, device.ToString(), failed, StatesAtOnce, DeviceMemory.Brief(error));
            return null;
        }
    }
}
