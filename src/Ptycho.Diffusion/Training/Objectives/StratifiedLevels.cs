using Ptycho.Diffusion.Data;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>
/// Noise levels that are uniform on 1…N, and spread evenly over a step's whole batch: one offset for all, u₀ + i/B modulo
/// 1 (Kingma et al., Variational Diffusion Models, 2021). The loss varies less from step to step than with independent
/// levels.
/// </summary>
internal static class StratifiedLevels
{
    /// <summary>Levels of items first…first + count − 1 of total.</summary>
    public static int[] Draw(ulong seed, int first, int count, int total, int steps)
    {
        var offset = SplitMix64.For(seed, 0, 0).NextDouble();
        var levels = new int[count];
        for (var i = 0; i < count; i++)
        {
            var u = (offset + (first + i) / (double)total) % 1;
            levels[i] = Math.Min(steps, 1 + (int)(u * steps));
        }
        return levels;
    }
}
