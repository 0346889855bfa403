using System.Runtime.InteropServices;

namespace Ptycho.Physics.Operators;

/// <summary>How many frames of how many objects fit a bound on memory at once.</summary>
/// <param name="PerFrame">Bytes of a frame whatever the number of objects, such as its indices.</param>
/// <param name="PerFrameAndObject">Bytes of one object's frame.</param>
/// <param name="Limit">The bound, bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameChunks(long PerFrame, long PerFrameAndObject, long Limit)
{
    /// <summary>What one frame of one object takes, the least bound that can be kept.</summary>
    internal long Least => PerFrame + PerFrameAndObject;

    /// <summary>
    /// What the tensors of frames on their way to the detector or back take together: three far fields (before, after
    /// and inside of a product or a transform), the window itself, indices for real and imaginary parts, and for
    /// fractional positions the shifted probe in double precision and its ramp.
    /// </summary>
    /// <param name="pixels">h·w.</param>
    /// <param name="modes">M.</param>
    /// <param name="isFractional">Whether probes are shifted.</param>
    /// <param name="sharesScan">Whether all objects share one scan.</param>
    /// <param name="limit">The bound, bytes.</param>
    internal static FrameChunks Of(long pixels, long modes, bool isFractional, bool sharesScan, long limit)
    {
        const int Complex = 8;
        var scan = pixels * (4 * Complex + (isFractional ? (8 * modes + 6) * Complex : 0));
        var field = pixels * Complex * (3 * modes + 2);
        return sharesScan ? new(scan, field, limit) : new(0, scan + field, limit);
    }

    /// <summary>
    /// Frames and objects, cut into parts that are taken at once: all objects if one frame of them fits, for they share
    /// what belongs to a frame.
    /// </summary>
    internal IEnumerable<StackPart> Parts(long objects, long frames)
    {
        var perFrame = PerFrame + objects * PerFrameAndObject;
        var together = perFrame <= Limit;
        var wide = together ? objects : Math.Max(1, (Limit - PerFrame) / PerFrameAndObject);
        var deep = together ? Math.Min(frames, Limit / perFrame) : 1;
        for (long b = 0; b < objects; b += wide)
        for (long k = 0; k < frames; k += deep)
            yield return new StackPart(b, Math.Min(wide, objects - b), k, Math.Min(deep, frames - k));
    }
}
