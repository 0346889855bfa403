using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Reconstruction;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>One measurement of a stack in a checkpoint: its histories, and what it ended with.</summary>
/// <param name="solver">The solver's name.</param>
/// <param name="freedom">What of the experiments changes.</param>
/// <param name="place">The measurement's place in the stack.</param>
/// <param name="member">The measurement.</param>
internal sealed class MemberRecord(string solver, StackFreedom freedom, int place, StackMember member)
{
    private const int FailureNumbers = 4;
    private const int EndNumbers = 2;

    private string Residuals => $"{place}.residuals";

    private string HeldOut => $"{place}.held_out";

    // Iteration, term, smallest residual and residual.
    private string Failure => $"{place}.failure";

    // Reason and ticks.
    private string End => $"{place}.end";

    private string Object => $"{place}.object";

    private string Probe => $"{place}.probe";

    private string Positions => $"{place}.positions";

    private string Misfits => $"{place}.misfits";

    public void Write(IDictionary<string, NumericArray> arrays)
    {
        SnapshotNumbers.Add(arrays, Residuals, member.History.ToArray());
        SnapshotNumbers.Add(arrays, HeldOut, member.HeldOutHistory.ToArray());
        if (member.Failure is { } failure)
        {
            var term = StackFailure.Terms.IndexOf(failure.Term);
            SnapshotNumbers.Add(arrays, Failure, [failure.Iteration, term, failure.From, failure.To]);
            if (failure.LastObject is { } last)
                Add(arrays, Object, [last]);
        }

        if (member.Outcome is not { } outcome)
            return;
        SnapshotNumbers.Add(arrays, End, [(double)outcome.StopReason, outcome.ComputeTime.Ticks]);
        SnapshotNumbers.Add(arrays, Misfits, outcome.Misfits);
        Add(arrays, Object, [outcome.Object]);
        if (freedom.Probes)
            Add(arrays, Probe, outcome.Probe.Modes);
        if (outcome.Positions is { } positions)
            SnapshotNumbers.Add(arrays, Positions, [.. positions.SelectMany(p => new[] { p.Row, p.Column })]);
    }

    /// <summary>Brings the measurement to where it was.</summary>
    /// <param name="arrays">Of the checkpoint.</param>
    /// <param name="done">Iterations done.</param>
    /// <exception cref="InvalidDataException">The record does not fit the measurement, or cannot be.</exception>
    public void Read(IReadOnlyDictionary<string, NumericArray> arrays, int done)
    {
        var (failed, ended) = (arrays.ContainsKey(Failure), arrays.ContainsKey(End));
        // One that has ended did fewer.
        var count = failed || ended ? Math.Min(done, LengthOf(arrays, Residuals)) : done;
        var heldOut = member.Start.Split.HeldOut.Length > 0 ? count : 0;
        member.Resume(
            SnapshotNumbers.Finite(arrays, Residuals, count),
            SnapshotNumbers.Finite(arrays, HeldOut, heldOut)
        );
        if (failed)
            member.Failure = ReadFailure(arrays, done);
        else if (ended)
            member.Outcome = ReadOutcome(arrays);
    }

    private StackFailure ReadFailure(IReadOnlyDictionary<string, NumericArray> arrays, int done)
    {
        var numbers = SnapshotNumbers.Finite(arrays, Failure, FailureNumbers);
        var iteration = Whole(numbers[0], 1, done, Failure);
        var term = StackFailure.Terms[Whole(numbers[1], 0, StackFailure.Terms.Length - 1, Failure)];
        var last = arrays.ContainsKey(Object) ? ReadObject(arrays) : null;
        return new StackFailure(iteration, term, numbers[2], numbers[3], last);
    }

    private ClassicalOutcome ReadOutcome(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        var end = SnapshotNumbers.Finite(arrays, End, EndNumbers);
        var measurement = member.Measurement;
        return member.ToOutcome(
            solver,
            (StopReason)Whole(end[0], 0, (int)StopReason.HeldOutRose, End),
            SnapshotNumbers.Finite(arrays, Misfits, measurement.Data.FrameCount).ToArray(),
            ReadObject(arrays),
            freedom.Probes ? ReadProbe(arrays) : measurement.Probe,
            freedom.Shift > 0 ? ReadPositions(arrays) : null,
            TimeSpan.FromTicks((long)Math.Clamp(end[1], 0, TimeSpan.MaxValue.Ticks / 2))
        );
    }

    private ComplexField ReadObject(IReadOnlyDictionary<string, NumericArray> arrays) =>
        Fields(arrays, Object, 1, member.Measurement.ObjectHeight, member.Measurement.ObjectWidth)[0];

    private Probe ReadProbe(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        var probe = member.Measurement.Probe;
        return Ptycho.Physics.Probes.Probe.FromModes(Fields(arrays, Probe, probe.ModeCount, probe.Height, probe.Width));
    }

    private ScanPattern ReadPositions(IReadOnlyDictionary<string, NumericArray> arrays)
    {
        var values = SnapshotNumbers.Positions(arrays, Positions, member.Measurement, freedom.Shift).ToArray();
        return new ScanPattern(values.Chunk(2).Select(p => new ScanPosition(p[0], p[1])));
    }

    private static void Add(IDictionary<string, NumericArray> arrays, string key, IReadOnlyList<ComplexField> fields)
    {
        using var scope = NewDisposeScope();
        arrays[key] = SnapshotTensors.ToArray(FieldTensors.ToTensor(fields));
    }

    private static IReadOnlyList<ComplexField> Fields(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        int count,
        int height,
        int width
    )
    {
        using var scope = NewDisposeScope();
        return SnapshotTensors.Read(arrays, key, [count, height, width, 2], CPU).view_as_complex().ToFields();
    }

    private static int LengthOf(IReadOnlyDictionary<string, NumericArray> arrays, string key) =>
        arrays.TryGetValue(key, out var array) ? (int)Math.Min(array.Length, int.MaxValue) : 0;

    private static int Whole(double value, int least, int most, string key) =>
        value >= least && value <= most && value == Math.Floor(value)
            ? (int)value
            : throw new InvalidDataException($"The checkpoint's '{key}' holds {value}, not one of {least} to {most}.");
}
