using Ptycho.Physics.Files;
using Ptycho.Physics.Scans;

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

    /// <summary>The unit of a text or NumPy file of positions, or null: as its heading says, else pixels.</summary>
    public PositionUnit? PositionUnit { get; init; }

    /// <summary>Its columns that hold row and column, from 0, or null: as its heading says, else the only two.</summary>
    public (int Row, int Column)? PositionColumns { get; init; }

    /// <summary>Whether all orientations of the positions are tried.</summary>
    public bool FindOrientation { get; init; }

    /// <summary>The dataset with the frames of an HDF5 file in no known layout, or null.</summary>
    public string? Dataset { get; init; }

    /// <summary>A file with bad pixels, which are in <see cref="Import"/> already, or null.</summary>
    public string? Mask { get; init; }

    /// <summary>Files that are read besides the measurement.</summary>
    public IEnumerable<string> Files => new[] { Probe, Positions, Mask }.OfType<string>();
}
