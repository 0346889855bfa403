namespace Ptycho.Physics.Scans;

/// <summary>A scan after a border rule was applied.</summary>
/// <param name="Pattern">The positions that are left.</param>
/// <param name="Frames">The index that each had before, rising: the frames to select.</param>
public sealed record BorderedScan(ScanPattern Pattern, IReadOnlyList<int> Frames);
