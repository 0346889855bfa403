using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Batches;

/// <summary>
/// How much an <see cref="IBatchReconstructionSolver"/> does at once. Nothing but the rounding of objects that share a call
/// (see <see cref="JoinObjects"/>) changes what is found.
/// </summary>
public sealed record BatchOptions
{
    /// <summary>
    /// Bytes that all objects in work may take together, above 0; 1 GiB by default. What each takes is told by its shapes:
    /// its frames, the states of its chains and the working copies of its object. At least one is in work, however large it is.
    /// What a network takes besides is not known beforehand: where a device's memory does not last, the work is halved with
    /// a logged warning, and goes on.
    /// </summary>
    public long MemoryLimit
    {
        get;
        init => field = (long)Require.Positive(value, nameof(MemoryLimit));
    } = 1L << 30;

    /// <summary>Objects in work at the same time at most, also where memory would hold more; at least 1.</summary>
    public int ObjectsAtOnce
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(ObjectsAtOnce));
    } = 64;

    /// <summary>
    /// Objects that compute at the same time on the CPU, each on a thread of its own, or 0 (the default) for one a
    /// processor. Solvers over tensors do not use it: libtorch has its own threads.
    /// </summary>
    public int Workers
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Workers));
    }

    /// <summary>
    /// Whether states of several objects go into one call of a prior, which fills a device and changes the result by no
    /// more than the rounding of a network in batches of another size. Without, each object has the bits that it has alone;
    /// on a CPU this costs no time. Null (the default) joins on a device and not on the CPU.
    /// </summary>
    public bool? JoinObjects { get; init; }

    internal int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;
}
