using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;
using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>A classical run as a snapshot and back, bit for bit.</summary>
internal static class ClassicalCheckpoint
{
    private const string Residuals = "residuals";
    private const string HeldOut = "held_out";
    private const string Numbers = "numbers";
    private const string Positions = "positions";
    private const string Best = "best";

    public static SamplerSnapshot Take(IClassicalState state, RunHistory history, EstimateCopy? best)
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal);
        foreach (var part in state.Estimate.Concat(state.Memory))
            arrays[part.Name] = NumericArray.Create<float>(part.Buffer.Span, part.Buffer.Length);
        SnapshotNumbers.Add(arrays, Residuals, history.Residuals);
        SnapshotNumbers.Add(arrays, HeldOut, history.HeldOut);
        SnapshotNumbers.Add(arrays, Numbers, state.Numbers);
        if (state.MovesPositions)
        {
            var positions = new double[2 * state.Plan.FrameCount];
            state.Plan.SavePositions(positions);
            SnapshotNumbers.Add(arrays, Positions, positions);
        }

        if (best is { Iteration: > 0 })
        {
            SnapshotNumbers.Add(arrays, Best, [best.Iteration]);
            foreach (var part in best.Buffers)
                arrays[$"{Best}.{part.Name}"] = NumericArray.Create<float>(part.Buffer.Span, part.Buffer.Length);
            SnapshotNumbers.Add(arrays, $"{Best}.{Positions}", best.Positions);
        }

        return new SamplerSnapshot(history.Count, 0, 0, history.Elapsed, arrays);
    }

    /// <exception cref="InvalidDataException">The snapshot does not fit the run.</exception>
    public static void Restore(SamplerSnapshot snapshot, IClassicalState state, RunHistory history, EstimateCopy? best)
    {
        var arrays = snapshot.Arrays;
        foreach (var part in state.Estimate.Concat(state.Memory))
            Fill(arrays, part.Name, part.Buffer);
        SnapshotNumbers.Read(arrays, Numbers, state.Numbers.Length).CopyTo(state.Numbers);
        if (state.MovesPositions)
            state.Plan.LoadPositions(Near(arrays, Positions, state.Plan));
        history.Resume(
            SnapshotNumbers.Finite(arrays, Residuals, snapshot.Done),
            best is null ? [] : SnapshotNumbers.Finite(arrays, HeldOut, snapshot.Done),
            snapshot.Elapsed
        );
        if (best is not null)
        {
            foreach (var part in best.Buffers)
                Fill(arrays, $"{Best}.{part.Name}", part.Buffer);
            if (state.MovesPositions)
                Near(arrays, $"{Best}.{Positions}", state.Plan).CopyTo(best.Positions);
            var iteration = SnapshotNumbers.Read(arrays, Best, 1)[0];
            if (!(iteration >= 1 && iteration <= snapshot.Done))
                throw new InvalidDataException(
                    $"The checkpoint's best iteration is {iteration}, of {snapshot.Done} that were done."
                );
            best.Filled((int)iteration);
        }

        state.Restored();
    }

    private static void Fill(IReadOnlyDictionary<string, NumericArray> arrays, string key, AlignedBuffer buffer)
    {
        var values = MemoryMarshal.Cast<byte, float>(
            SnapshotNumbers.Bytes(arrays, key, ElementType.Float32, buffer.Length)
        );
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
            throw new InvalidDataException(
                $"The checkpoint's '{key}' holds NaN, infinity or values beyond all bounds."
            );
        values.CopyTo(buffer.Span);
    }

    private static ReadOnlySpan<double> Near(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        ScanPlan plan
    ) => SnapshotNumbers.Positions(arrays, key, plan.Measurement, plan.LargestShift);
}
