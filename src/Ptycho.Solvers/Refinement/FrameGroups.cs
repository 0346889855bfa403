using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

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

    internal static FrameGroups Of(Measurement measurement)
    {
        var near = Neighbours(measurement.Positions, measurement.Data.Height, measurement.Data.Width);
        var groups = new List<int[]>();
        var left = Enumerable.Range(0, near.Length).ToList();
        while (left.Count > 0)
        {
            var taken = new HashSet<int>();
            var group = new List<int>();
            foreach (var frame in left.Where(frame => !near[frame].Any(taken.Contains)))
            {
                group.Add(frame);
                taken.UnionWith(near[frame]);
            }
            groups.Add([.. group]);
            left.RemoveAll(group.Contains);
        }
        return new FrameGroups(near, groups);
    }

    // Sorted by row, so that a large scan is not compared frame by frame.
    private static int[][] Neighbours(ScanPattern positions, int height, int width)
    {
        var order = Enumerable.Range(0, positions.Count).OrderBy(k => positions[k].Row).ToArray();
        var near = positions.Select(_ => new List<int>()).ToArray();
        for (var a = 0; a < order.Length; a++)
        {
            near[order[a]].Add(order[a]);
            for (var b = a + 1; b < order.Length; b++)
            {
                var (first, second) = (positions[order[a]], positions[order[b]]);
                if (second.Row - first.Row >= height)
                    break;
                if (Math.Abs(second.Column - first.Column) >= width)
                    continue;
                near[order[a]].Add(order[b]);
                near[order[b]].Add(order[a]);
            }
        }
        return [.. near.Select(list => list.Order().ToArray())];
    }
}
