using Ptycho.Samples.ReconstructFile.Input;
using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Commands;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>The command line, read.</summary>
internal sealed record Settings
{
    /// <summary>The measurement.</summary>
    public required string File { get; init; }

    /// <summary>Results, prior, threads, seed.</summary>
    public required RunSettings Run { get; init; }

    /// <summary>What the file does not say.</summary>
    public required InputSettings Input { get; init; }

    public SolverSettings Solver { get; init; } = new();

    /// <summary>Whether two halves of the frames are reconstructed and compared.</summary>
    public bool Rings { get; init; }

    /// <summary>A file of another program that gets the result, or null.</summary>
    public string? SaveAs { get; init; }

    /// <summary>Whether to go on where the preflight would refuse.</summary>
    public bool Anyway { get; init; }

    /// <summary>Whether to stop after the preflight.</summary>
    public bool CheckOnly { get; init; }
}
