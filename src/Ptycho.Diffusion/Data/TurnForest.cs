namespace Ptycho.Diffusion.Data;

/// <summary>Disjoint sets of pixels in which every pixel has a whole number of turns relative to its set's root.</summary>
internal sealed class TurnForest
{
    private readonly int[] parent;
    private readonly int[] shift;
    private readonly int[] size;

    public TurnForest(int count)
    {
        parent = [.. Enumerable.Range(0, count)];
        shift = new int[count];
        size = new int[count];
        Array.Fill(size, 1);
    }

    /// <summary>Joins two pixels' sets so that turns(second) = turns(first) + difference; nothing if already joined.</summary>
    public void Join(int first, int second, int difference)
    {
        var (rootA, a) = Find(first);
        var (rootB, b) = Find(second);
        if (rootA == rootB)
            return;
        var shiftOfB = a + difference - b;
        if (size[rootA] < size[rootB])
            (rootA, rootB, shiftOfB) = (rootB, rootA, -shiftOfB);
        parent[rootB] = rootA;
        shift[rootB] = shiftOfB;
        size[rootA] += size[rootB];
    }

    /// <summary>The turns of every pixel relative to its root.</summary>
    public int[] Turns()
    {
        var turns = new int[parent.Length];
        for (var i = 0; i < turns.Length; i++)
            turns[i] = Find(i).Shift;
        return turns;
    }

    private (int Root, int Shift) Find(int node)
    {
        // Union by size keeps the paths short; halving them on the way flattens the rest.
        var total = 0;
        while (parent[node] != node)
        {
            var above = parent[node];
            if (parent[above] != above)
            {
                shift[node] += shift[above];
                parent[node] = parent[above];
            }
            total += shift[node];
            node = parent[node];
        }
        return (node, total);
    }
}
