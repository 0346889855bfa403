using Ptycho.Physics.Files;
using Ptycho.Samples.ReconstructFile.Solving;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>The command line, read.</summary>
internal sealed record Settings
{
    /// <summary>The measurement.</summary>
    public required string File { get; init; }

    /// <summary>Folder for results.</summary>
    public required string Output { get; init; }

    /// <summary>Whether results there may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>What the file does not say.</summary>
    public ImportOptions Import { get; init; } = new();

    /// <summary>A file with the probe, or null.</summary>
    public string? Probe { get; init; }

    public SolverKind Solver { get; init; }

    /// <summary>The prior's file, or null.</summary>
    public string? Prior { get; init; }

    public Quality Quality { get; init; } = Quality.Default;

    /// <summary>Iterations of a classical solver.</summary>
    public int Iterations { get; init; } = 300;

    /// <summary>Guided steps of DPS.</summary>
    public int Steps { get; init; } = 1000;

    public bool RefineProbe { get; init; }

    public bool CorrectPositions { get; init; }

    /// <summary>Iterations of a classical solver between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 50;

    /// <summary>Whether two halves of the frames are reconstructed and compared.</summary>
    public bool Rings { get; init; }

    /// <summary>Whether to go on where the preflight would refuse.</summary>
    public bool Anyway { get; init; }

    /// <summary>Whether to stop after the preflight.</summary>
    public bool CheckOnly { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    public ulong Seed { get; init; }
}
