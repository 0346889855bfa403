using Ptycho.Physics.Validation;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Where and how a classical solver over tensors runs.</summary>
public sealed record TensorOptions
{
    /// <summary>The device, or null (the default) for the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Bytes that frames under way may take, above 0; 64 MiB by default. Frames (and where need be objects) go through in
    /// parts of this size. Amplitudes, masks and a few copies of the objects lie on the device besides. On a CPU parts
    /// that fit its cache are the fastest.
    /// </summary>
    public long MemoryLimit
    {
        get;
        init => field = (long)Require.Positive(value, nameof(MemoryLimit));
    } = 64L << 20;

    /// <summary>
    /// Whether rPIE rearranges a sweep so that frames whose windows do not touch come together and are taken at once; no
    /// by default. The result is that of sequential updates in another order: each frame goes into the first group in
    /// which it touches no window, frames coming in the order of the options. For devices with much to do at once.
    /// </summary>
    public bool GroupFrames { get; init; }
}
