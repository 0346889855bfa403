namespace Ptycho.Samples.Demo.Commands;

/// <summary>The command line of the demo, read.</summary>
internal sealed record DemoSettings
{
    /// <summary>Folder of measurements.</summary>
    public required string Data { get; init; }

    /// <summary>The prior's file.</summary>
    public required string Model { get; init; }

    /// <summary>Folder for results.</summary>
    public required string Output { get; init; }

    /// <summary>Crops at most, or null for all.</summary>
    public int? Crops { get; init; }

    /// <summary>Overlaps in percent; empty for all.</summary>
    public IReadOnlyList<int> Overlaps { get; init; } = [];

    /// <summary>Guided steps of one DPS reconstruction.</summary>
    public int DpsSteps { get; init; }

    /// <summary>The paper's budget for DPS instead.</summary>
    public bool DpsFull { get; init; }

    /// <summary>Threads of libtorch.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of all solvers.</summary>
    public ulong Seed { get; init; }
}
