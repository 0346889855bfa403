using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Where and how a classical solver over tensors runs.</summary>
public sealed record TensorOptions
{
    /// <summary>The device, or null (the default) for the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Whether rPIE rearranges a sweep so that frames whose windows do not touch come together and are taken at once; no
    /// by default. The result is that of sequential updates in another order: each frame goes into the first group in
    /// which it touches no window, frames coming in the order of the options. For devices with much to do at once.
    /// </summary>
    public bool GroupFrames { get; init; }

    /// <summary>
    /// Bytes that frames under way take at most; half of the memory's bound where that is less. On a CPU parts that fit its
    /// cache are the fastest.
    /// </summary>
    internal long FrameMemory { get; init; } = 64L << 20;
}
