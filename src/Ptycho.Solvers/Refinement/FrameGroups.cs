using Ptycho.Physics.Measurements;

namespace Ptycho.Solvers.Refinement;

/// <summary>
/// Frames in groups of which no two share a neighbour, so that all of a group can be tried elsewhere at once and each
/// judged by itself. Neighbours are frames whose windows overlap where they were measured; a frame is its own.
/// </summary>
internal sealed class FrameGroups
{
    private FrameGroups(int[][] near, IReadOnlyList<int[]> groups) => (Near, Groups) = (near, groups);

    /// <summary>The neighbours of each frame.</summary>
    internal int[][] Near { get; }

    /// <summary>Every frame once.</summary>
    internal IReadOnlyList<int[]> Groups { get; }

    /// <summary>Whether frames have at most so many neighbours on average; counts no further than that takes.</summary>
    internal static bool AreFew(Measurement measurement, double mostNeighbours)
    {
        var (count, most) = ((long)measurement.Positions.Count, mostNeighbours * measurement.Positions.Count);
        foreach (var _ in Pairs(measurement))
            if ((count += 2) > most)
                return false;
        return true;
    }

    /// <summary>The groups; takes memory for every pair of neighbours.</summary>
    internal static FrameGroups Of(Measurement measurement)
    {
        var near = measurement.Positions.Select((_, frame) => new List<int> { frame }).ToArray();
        foreach (var (first, second) in Pairs(measurement))
        {
            near[first].Add(second);
            near[second].Add(first);
        }
        var groups = new List<int[]>();
        var left = Enumerable.Range(0, near.Length).ToList();
        while (left.Count > 0)
        {
            var taken = new HashSet<int>();
            var group = new HashSet<int>();
            foreach (var frame in left.Where(frame => !near[frame].Any(taken.Contains)))
            {
                group.Add(frame);
                taken.UnionWith(near[frame]);
            }
            groups.Add([.. group]);
            left.RemoveAll(group.Contains);
        }
        return new FrameGroups([.. near.Select(list => list.Order().ToArray())], groups);
    }

    // Through cells of a window's size, so that a large scan is not compared frame by frame.
    private static IEnumerable<(int First, int Second)> Pairs(Measurement measurement)
    {
        var positions = measurement.Positions;
        var (height, width) = (measurement.Data.Height, measurement.Data.Width);
        var cells = new Dictionary<(long Row, long Column), List<int>>();
        for (var frame = 0; frame < positions.Count; frame++)
        {
            var (row, column) = (
                (long)Math.Floor(positions[frame].Row / height),
                (long)Math.Floor(positions[frame].Column / width)
            );
            for (var i = row - 1; i <= row + 1; i++)
            for (var j = column - 1; j <= column + 1; j++)
                if (cells.TryGetValue((i, j), out var others))
                    foreach (var other in others)
                        if (
                            Math.Abs(positions[other].Row - positions[frame].Row) < height
                            && Math.Abs(positions[other].Column - positions[frame].Column) < width
                        )
                            yield return (other, frame);
            if (!cells.TryGetValue((row, column), out var cell))
                cells[(row, column)] = cell = [];
            cell.Add(frame);
        }
    }
}
