namespace Ptycho.Samples.SiemensStar.Commands;

/// <summary>The command line, read.</summary>
internal sealed record StarSettings
{
    /// <summary>The measurement.</summary>
    public required string Data { get; init; }

    /// <summary>Folder for results.</summary>
    public required string Output { get; init; }

    /// <summary>Replace results that are there.</summary>
    public bool Force { get; init; }

    /// <summary>Sweeps of rPIE.</summary>
    public int Sweeps { get; init; }

    /// <summary>Iterations of maximum likelihood.</summary>
    public int Iterations { get; init; }

    /// <summary>Incoherent modes of maximum likelihood's probe.</summary>
    public int Modes { get; init; }

    /// <summary>Whether positions are corrected.</summary>
    public bool CorrectPositions { get; init; }

    /// <summary>Whether halves and a quarter of the frames are reconstructed too.</summary>
    public bool Halves { get; init; }

    /// <summary>Seed of the halves and of rPIE's order.</summary>
    public ulong Seed { get; init; }
}
