using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>
/// Where and how often a solver writes down where it stands. If the file is there, the run goes on from it, on the CPU
/// with the same number of threads to the same bits; a file of another measurement, prior, start or options is refused. A
/// finished run's file gives its result at once: delete it to run anew.
/// </summary>
public sealed record CheckpointOptions
{
    /// <summary>The safetensors file; it is replaced as a whole.</summary>
    public required string Path
    {
        get;
        init =>
            field = string.IsNullOrWhiteSpace(value)
                ? throw new ArgumentException("A path is needed.", nameof(value))
                : value;
    }

    /// <summary>
    /// Levels, steps or iterations between two checkpoints, at least 1. A cancelled run writes one in any case, and a
    /// classical solver one at its end. An iteration is much shorter than a file is written: give a classical solver more.
    /// </summary>
    public int Every
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Every));
    } = 1;
}
