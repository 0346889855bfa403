using Ptycho.Physics.Measurements;
using Ptycho.Physics.Randomness;

namespace Ptycho.Solvers.Trust;

/// <summary>Which frames a solver uses and which it is later judged by.</summary>
internal sealed record FrameSplit(int[] Used, int[] HeldOut)
{
    private const ulong Stream = 0x4845_4C44_4F55_5421;

    /// <summary>
    /// Holds out a share of the frames that have weight, at least one and never all, drawn by the seed; none for 0.
    /// </summary>
    internal static FrameSplit Choose(Measurement measurement, double share, ulong seed)
    {
        var data = measurement.Data;
        var frames = Enumerable.Range(0, data.FrameCount).Where(k => (data.Mask?.FrameWeight(k) ?? 1) > 0).ToArray();
        if (share == 0)
            return new FrameSplit([.. Enumerable.Range(0, data.FrameCount)], []);
        if (frames.Length < 2)
            throw new ArgumentException(
                $"HeldOutFrames is {share}, but the measurement has only {frames.Length} frame with weight: none can be spared.",
                nameof(measurement)
            );
        var order = new int[frames.Length];
        new StableRandom(seed ^ Stream).Permute(order);
        var count = Math.Clamp((int)Math.Round(share * frames.Length), 1, frames.Length - 1);
        var heldOut = order.Take(count).Select(i => frames[i]).Order().ToArray();
        return new FrameSplit([.. Enumerable.Range(0, data.FrameCount).Except(heldOut)], heldOut);
    }
}
