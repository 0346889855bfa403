using Ptycho.IO.Arrays;
using Ptycho.Solvers.Checkpoints;

namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>
/// A stack under way as a snapshot and back, bit for bit: the state of those in the flow, the histories of all and what
/// those ended with that have ended.
/// </summary>
/// <param name="solver">The solver's name.</param>
/// <param name="flow">The flow; to restore, as it starts, with all members.</param>
/// <param name="members">All measurements; to restore, as they start.</param>
internal sealed class StackCheckpoint(string solver, TensorFlow flow, IReadOnlyList<StackMember> members)
{
    private const string Stacked = "stacked";

    /// <param name="stacked">The members in the flow.</param>
    /// <param name="elapsed">Compute time so far.</param>
    public SamplerSnapshot Take(StackMember[] stacked, TimeSpan elapsed)
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal);
        for (var place = 0; place < members.Count; place++)
            Record(place).Write(arrays);
        var places = Enumerable.Range(0, members.Count).Where(place => stacked.Contains(members[place]));
        SnapshotNumbers.Add(arrays, Stacked, [.. places.Select(place => (double)place)]);
        flow.Visit(new FlowWriter(arrays));
        return new SamplerSnapshot(flow.Done, 0, 0, elapsed, arrays);
    }

    /// <summary>Brings flow and members to where the snapshot was taken.</summary>
    /// <returns>The members in the flow.</returns>
    /// <exception cref="InvalidDataException">The snapshot does not fit the run.</exception>
    public StackMember[] Restore(SamplerSnapshot snapshot)
    {
        for (var place = 0; place < members.Count; place++)
            Record(place).Read(snapshot.Arrays, snapshot.Done);
        var places = Places(snapshot.Arrays);
        var stacked = Array.ConvertAll(places, place => members[place]);
        if (places.Length < members.Count)
            flow.Keep(places);
        flow.Resume(
            snapshot.Done,
            new FlowReader(snapshot.Arrays, Array.ConvertAll(stacked, member => !member.HasEnded))
        );
        return stacked;
    }

    private MemberRecord Record(int place) => new(solver, flow.Freedom, place, members[place]);

    private int[] Places(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        var length = arrays.TryGetValue(Stacked, out var array) ? (int)Math.Min(array.Length, members.Count) : 1;
        var places = SnapshotNumbers.Read(arrays, Stacked, length).ToArray();
        var rising = Enumerable.Range(0, members.Count).Where(place => places.Contains(place)).ToArray();
        var missing = Enumerable
            .Range(0, members.Count)
            .FirstOrDefault(p => !members[p].HasEnded && !rising.Contains(p), -1);
        if (rising.Length != places.Length || missing >= 0)
            throw new InvalidDataException(
                $"The checkpoint's '{Stacked}' is {string.Join(", ", places)}, of {members.Count} measurements"
                    + (missing >= 0 ? $"; number {missing} is under way." : ".")
            );
        return rising;
    }
}
