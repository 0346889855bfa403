using Microsoft.Extensions.Logging;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>What both solvers over tensors share: measurements of one shape are stacked, so many as memory holds.</summary>
internal sealed record TensorSolve(
    string Name,
    StopRules Stop,
    StartObject Start,
    ComplexField? Given,
    ProbeRefinement? Refinement,
    PositionCorrection? Correction,
    TensorOptions Tensors,
    BatchOptions Batch,
    ILogger Logger,
    Func<MeasurementStack, IReadOnlyList<StackStart>, TensorFlow> Make
)
{
    /// <summary>Where checkpoints go, or null.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>The method's options without what changes no number, and the start, which has a fingerprint of its own.</summary>
    public required object Identity { get; init; }

    private long FrameLimit => Math.Min(Tensors.FrameMemory, Batch.MemoryLimit / 2);

    public ReconstructionResult One(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var ledger = new BatchLedger(1, progress is null ? null : new Steps(progress));
        Stack([measurement], [0], [Split(measurement)], Checkpoint, ledger, cancellationToken);
        return ledger.Outcomes[0] is { Succeeded: true } found ? found.Result : throw ledger.Outcomes[0].Failure!;
    }

    public IReadOnlyList<BatchOutcome> Many(
        IReadOnlyList<Measurement> measurements,
        IProgress<BatchProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        BatchLedger.Require(measurements);
        var ledger = new BatchLedger(measurements.Count, progress);
        var splits = Enumerable
            .Range(0, measurements.Count)
            .Select(i => Named(i, () => Split(measurements[i])))
            .ToArray();
        foreach (
            var shape in Enumerable.Range(0, measurements.Count).GroupBy(i => StackShape.Of(measurements[i], splits[i]))
        )
        foreach (
            var indices in BatchMemory.Groups(
                shape,
                i => BatchMemory.InTensors(measurements[i], MorePlanes),
                Batch.MemoryLimit - FrameLimit,
                Batch.ObjectsAtOnce
            )
        )
            Halving(measurements, indices, splits, ledger, cancellationToken);
        return ledger.Outcomes;
    }

    // The best object, and the light on it.
    private int MorePlanes => (Stop.HeldOut is null ? 0 : 1) + (Freedom.IsNone ? 0 : 1);

    private StackFreedom Freedom => StackFreedom.Of(Refinement, Correction);

    private FrameSplit Split(Measurement measurement) =>
        FrameSplit.Choose(measurement, Stop.HeldOut?.Share ?? 0, Stop.HeldOut?.Seed ?? 0);

    /// <summary>Solves; where the device's memory does not last, each half of what is left by itself.</summary>
    private void Halving(
        IReadOnlyList<Measurement> measurements,
        int[] indices,
        FrameSplit[] splits,
        BatchLedger ledger,
        CancellationToken cancellationToken
    )
    {
        try
        {
            Stack(measurements, indices, splits, StackFile.Of(Checkpoint, indices), ledger, cancellationToken);
            return;
        }
        catch (Exception error) when (indices.Length > 1 && DeviceMemory.IsExhausted(error))
        {
            var device = (Tensors.Device ?? CPU).ToString();
            BatchLog.HalvedObjects(Logger, device, indices.Length, indices.Length / 2, DeviceMemory.Brief(error));
        }

        foreach (var half in indices.Where(i => !ledger.HasEnded(i)).Chunk((indices.Length + 1) / 2))
            Halving(measurements, half, splits, ledger, cancellationToken);
    }

    private void Stack(
        IReadOnlyList<Measurement> measurements,
        int[] indices,
        FrameSplit[] splits,
        CheckpointOptions? checkpoint,
        BatchLedger ledger,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var guard = no_grad();
        var members = indices
            .Select(i => new StackMember(i, measurements[i], Named(i, () => StartOf(measurements[i], splits[i]))))
            .ToArray();
        using var flow = Flow(members);
        var file = checkpoint is null ? null : StackFile.Open(checkpoint, this, FrameLimit, members);
        new BatchRun(Name, Stop, flow, members, ledger, file).Run(cancellationToken);
    }

    private TensorFlow Flow(StackMember[] members)
    {
        var measurements = members.Select(m => m.Measurement).ToArray();
        var stack = new MeasurementStack(measurements, Tensors, FrameLimit, Freedom);
        try
        {
            return Make(stack, [.. members.Select(m => m.Start)]);
        }
        catch
        {
            stack.Dispose();
            throw;
        }
    }

    private StackStart StartOf(Measurement measurement, FrameSplit split) =>
        StackStart.Of(measurement, split, Start, Given, Refinement is not null);

    private static T Named<T>(int measurement, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"Measurement {measurement}: {refused.Message}", nameof(measurement), refused);
        }
    }

    private sealed class Steps(IProgress<ReconstructionProgress> target) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            if (value.Step is { } step)
                target.Report(step);
        }
    }
}
