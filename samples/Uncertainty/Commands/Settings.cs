using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.Uncertainty.Commands;

/// <summary>The command line, read.</summary>
internal sealed record Settings
{
    /// <summary>Results, prior, threads, seed.</summary>
    public required RunSettings Run { get; init; }

    /// <summary>Folder of the recovered blood-smear objects, or null for phantoms.</summary>
    public string? Objects { get; init; }

    /// <summary>Objects sampled; the first half of them fits the factor, the rest is reported.</summary>
    public int Count { get; init; }

    /// <summary>Pixels on an object's side.</summary>
    public int Size { get; init; }

    /// <summary>Percent.</summary>
    public int Overlap { get; init; }

    /// <summary>Samples of each object.</summary>
    public int Chains { get; init; }

    /// <summary>Noise levels, an evaluation of the network for each sample.</summary>
    public int Levels { get; init; }
}
