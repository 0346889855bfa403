using Ptycho.Physics.Files;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>What the measurement's file does not say.</summary>
internal sealed record InputSettings
{
    /// <summary>Axes, units, parts, geometry.</summary>
    public ImportOptions Import { get; init; } = new();

    /// <summary>A file with the probe, or null.</summary>
    public string? Probe { get; init; }

    /// <summary>Whether the probe is searched for, whatever the file has.</summary>
    public bool EstimateProbe { get; init; }

    /// <summary>A file with the positions, or null.</summary>
    public string? Positions { get; init; }

    /// <summary>The unit of a text or NumPy file of positions.</summary>
    public PositionUnit PositionUnit { get; init; } = PositionUnit.Pixels;

    /// <summary>Files that are read besides the measurement.</summary>
    public IEnumerable<string> Files => new[] { Probe, Positions }.OfType<string>();
}
