using Ptycho.Samples.LargeField.Methods;
using Ptycho.Samples.LargeField.Scenes;

namespace Ptycho.Samples.LargeField.Commands;

/// <summary>The command line, read.</summary>
internal sealed record LargeFieldSettings
{
    /// <summary>Folder of recovered objects, or null for a phantom.</summary>
    public required string? Objects { get; init; }

    /// <summary>Which object; a phantom where no folder is given.</summary>
    public required FieldKind Field { get; init; }

    /// <summary>The field's side, pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Overlap of neighbouring probe windows, percent.</summary>
    public required int Overlap { get; init; }

    /// <summary>The prior's file.</summary>
    public required string Model { get; init; }

    /// <summary>Folder for results.</summary>
    public required string Output { get; init; }

    /// <summary>How long the solver with the prior works.</summary>
    public required Preset Preset { get; init; }

    /// <summary>Windows of the prior in one call: the bound of the network's memory.</summary>
    public required int Batch { get; init; }

    /// <summary>Whether the field is reconstructed in tiles as well.</summary>
    public required bool Tiles { get; init; }

    /// <summary>Whether the windows run a second time with another grid, to compare the error at the same lines.</summary>
    public required bool Control { get; init; }

    /// <summary>Threads of libtorch.</summary>
    public required int Threads { get; init; }

    /// <summary>Seed of the phantom, the counts and the solvers.</summary>
    public required ulong Seed { get; init; }
}
