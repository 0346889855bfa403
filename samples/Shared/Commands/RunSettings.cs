using Ptycho.Diffusion.Priors;
using static TorchSharp.torch;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>What <see cref="RunOptions"/> read.</summary>
public sealed record RunSettings
{
    /// <summary>Folder for results.</summary>
    public required string Output { get; init; }

    /// <summary>Whether results there may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>The prior's file, or null for none.</summary>
    public string? Prior { get; init; }

    /// <summary>Threads of libtorch.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; }

    /// <summary>Refuses a prior that is not there: before any work, and without loading libtorch.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public void RequirePrior()
    {
        if (Prior is { } path && !File.Exists(path))
            throw new FileNotFoundException($"The prior '{path}' does not exist; name one with --prior.");
    }

    /// <summary>Sets the threads and loads the prior, which is the caller's; null where none is named.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no prior.</exception>
    public NetworkPrior? LoadPrior()
    {
        RequirePrior();
        if (Prior is not { } path)
            return null;
        set_num_threads(Threads);
        return NetworkPrior.Load(path);
    }
}
