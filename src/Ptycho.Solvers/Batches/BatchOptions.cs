using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Batches;

/// <summary>How much a <see cref="BatchReconstruction"/> does at once. Nothing but the rounding of <see cref="JoinObjects"/> changes what is found.</summary>
public sealed record BatchOptions
{
    /// <summary>
    /// Objects in work at the same time, at least 1: each holds its frames, its chains and its data step in memory. All
    /// go down the noise levels together.
    /// </summary>
    public int ObjectsAtOnce
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(ObjectsAtOnce));
    } = 8;

    /// <summary>
    /// States (one a chain) in one call of the prior, at least 1: it bounds the network's memory. Where a device's memory
    /// does not last, it is halved with a logged warning, and the work goes on.
    /// </summary>
    public int StatesAtOnce
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(StatesAtOnce));
    } = 16;

    /// <summary>
    /// Whether states of several objects go into one call of the prior, which fills a device and changes the result by no
    /// more than the rounding of a network in batches of another size. Without, each object has the bits that it has alone;
    /// on a CPU this costs no time. Null (the default) joins on a device and not on the CPU.
    /// </summary>
    public bool? JoinObjects { get; init; }

    /// <summary>
    /// Objects whose data steps are computed at the same time, each on a thread of its own, or 0 (the default) for one a
    /// processor.
    /// </summary>
    public int Workers
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(Workers));
    }

    internal int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;
}
