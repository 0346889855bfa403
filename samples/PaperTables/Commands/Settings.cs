using Ptycho.Diffusion.Networks;
using Ptycho.Samples.PaperTables.Methods;

namespace Ptycho.Samples.PaperTables.Commands;

/// <summary>The command line, read; what is null or empty is chosen by each experiment.</summary>
internal sealed record Settings
{
    /// <summary>Folder of the recovered objects.</summary>
    public required string Objects { get; init; }

    /// <summary>The prior's file.</summary>
    public required string Prior { get; init; }

    /// <summary>Folder of results.</summary>
    public required string Output { get; init; }

    /// <summary>Folder of the trained U-Nets, unet-20.safetensors and so on.</summary>
    public required string UNets { get; init; }

    /// <summary>Test crops for every row.</summary>
    public int Crops { get; init; } = 20;

    /// <summary>Crops at most in the generalisation test and at the zone plate's probe; null: as many.</summary>
    public int? SideCrops { get; init; }

    public IReadOnlyList<int> Overlaps { get; init; } = [];

    public IReadOnlyList<string> Probes { get; init; } = [];

    public IReadOnlyList<MethodChoice> Methods { get; init; } = [];

    public int DpsSteps { get; init; } = 40;

    public int DpsTravel { get; init; } = 2;

    public bool DpsFull { get; init; }

    /// <summary>Reconstructions at once.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Threads of each.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Arithmetic of the prior's convolutions.</summary>
    public ComputePrecision Precision { get; init; }

    /// <summary>Seed of places, angles, scales and counts.</summary>
    public ulong CropSeed { get; init; } = 1;

    /// <summary>Seed of the solvers' random numbers.</summary>
    public ulong SolverSeed { get; init; }
}
