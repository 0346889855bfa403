using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// Cuts an order of frames into groups of frames whose windows do not touch. Sequential updates of such frames do not
/// depend on each other, so that a group at once gives what its frames give one after the other.
/// </summary>
/// <param name="scans">The scans of all objects, of equal length; one where they share it.</param>
/// <param name="height">Rows of a window.</param>
/// <param name="width">Columns of a window.</param>
/// <param name="rearrange">Whether frames may leave their place in the order for an earlier group.</param>
internal sealed class DisjointFrames(IReadOnlyList<ScanPattern> scans, int height, int width, bool rearrange)
{
    private readonly (int Row, int Column)[][] _corners =
    [
        .. scans.Select(scan => scan.Select(p => p.WholePixel).ToArray()),
    ];

    /// <summary>The groups of an order, as ranges of <paramref name="sorted"/>.</summary>
    /// <param name="order">Every frame once.</param>
    /// <param name="sorted">The order itself, or, where it may be rearranged, frames by group.</param>
    public IReadOnlyList<(int First, int Count)> Split(ReadOnlySpan<int> order, out int[] sorted)
    {
        var groups = new List<List<int>>();
        foreach (var frame in order)
        {
            var group = rearrange ? groups.Find(g => FitsInto(g, frame)) : groups.LastOrDefault();
            if (group is null || (!rearrange && !FitsInto(group, frame)))
                groups.Add(group = []);
            group.Add(frame);
        }

        sorted = [.. groups.SelectMany(group => group)];
        var ranges = new (int, int)[groups.Count];
        for (int i = 0, first = 0; i < ranges.Length; first += groups[i++].Count)
            ranges[i] = (first, groups[i].Count);
        return ranges;
    }

    private bool FitsInto(List<int> group, int frame)
    {
        foreach (var other in group)
        foreach (var corners in _corners)
            if (
                Math.Abs(corners[other].Row - corners[frame].Row) < height
                && Math.Abs(corners[other].Column - corners[frame].Column) < width
            )
                return false;
        return true;
    }
}
