using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Randomness;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>The ring correlation of two reconstructions, each from half of the frames.</summary>
internal static class Halves
{
    /// <param name="measurement">All frames, with probe and positions as they were found.</param>
    /// <param name="seed">Seed of the halves.</param>
    /// <param name="solve">Reconstructs one half, which is named.</param>
    public static RingCorrelation Compare(
        Measurement measurement,
        ulong seed,
        Func<string, Measurement, ComplexField> solve
    )
    {
        var frames = Enumerable.Range(0, measurement.Data.FrameCount).ToArray();
        if (frames.Length < 2)
            throw new ArgumentException("--frc needs at least two frames.");
        new StableRandom(seed).Permute(frames);
        var middle = frames.Length / 2;
        var first = solve("half 1", measurement.Select([.. frames[..middle].Order()]));
        var second = solve("half 2", measurement.Select([.. frames[middle..].Order()]));
        return FourierRingCorrelation.Compute(first, second);
    }
}
