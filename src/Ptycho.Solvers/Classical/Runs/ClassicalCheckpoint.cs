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
    private const double Rounding = 1e-9;

    public static SamplerSnapshot Take(IClassicalState state, RunHistory history, EstimateCopy? best)
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal);
        foreach (var part in state.Estimate.Concat(state.Memory))
            arrays[part.Name] = NumericArray.Create<float>(part.Buffer.Span, part.Buffer.Length);
        Add(arrays, Residuals, history.Residuals);
        Add(arrays, HeldOut, history.HeldOut);
        Add(arrays, Numbers, state.Numbers);
        if (state.MovesPositions)
        {
            var positions = new double[2 * state.Plan.FrameCount];
            state.Plan.SavePositions(positions);
            Add(arrays, Positions, positions);
        }

        if (best is { Iteration: > 0 })
        {
            Add(arrays, Best, [best.Iteration]);
            foreach (var part in best.Buffers)
                arrays[$"{Best}.{part.Name}"] = NumericArray.Create<float>(part.Buffer.Span, part.Buffer.Length);
            Add(arrays, $"{Best}.{Positions}", best.Positions);
        }

        return new SamplerSnapshot(history.Count, 0, 0, history.Elapsed, arrays);
    }

    /// <exception cref="InvalidDataException">The snapshot does not fit the run.</exception>
    public static void Restore(SamplerSnapshot snapshot, IClassicalState state, RunHistory history, EstimateCopy? best)
    {
        var arrays = snapshot.Arrays;
        foreach (var part in state.Estimate.Concat(state.Memory))
            Fill(arrays, part.Name, part.Buffer);
        Doubles(arrays, Numbers, state.Numbers.Length).CopyTo(state.Numbers);
        if (state.MovesPositions)
            state.Plan.LoadPositions(NearMeasured(arrays, Positions, state.Plan));
        history.Resume(
            Finite(arrays, Residuals, snapshot.Done),
            best is null ? [] : Finite(arrays, HeldOut, snapshot.Done),
            snapshot.Elapsed
        );
        if (best is not null)
        {
            foreach (var part in best.Buffers)
                Fill(arrays, $"{Best}.{part.Name}", part.Buffer);
            if (state.MovesPositions)
                NearMeasured(arrays, $"{Best}.{Positions}", state.Plan).CopyTo(best.Positions);
            var iteration = Doubles(arrays, Best, 1)[0];
            if (!(iteration >= 1 && iteration <= snapshot.Done))
                throw new InvalidDataException(
                    $"The checkpoint's best iteration is {iteration}, of {snapshot.Done} that were done."
                );
            best.Filled((int)iteration);
        }

        state.Restored();
    }

    // Safetensors has no place for nothing.
    private static void Add(Dictionary<string, NumericArray> arrays, string key, ReadOnlySpan<double> values)
    {
        if (values.Length > 0)
            arrays[key] = NumericArray.Create(values, values.Length);
    }

    private static ReadOnlySpan<double> Doubles(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        int length
    ) => length == 0 ? [] : MemoryMarshal.Cast<byte, double>(Bytes(arrays, key, ElementType.Float64, length));

    private static ReadOnlySpan<double> Finite(IReadOnlyDictionary<string, NumericArray> arrays, string key, int length)
    {
        var values = Doubles(arrays, key, length);
        foreach (var value in values)
            if (!double.IsFinite(value))
                throw new InvalidDataException($"The checkpoint's '{key}' holds {value}.");
        return values;
    }

    // A window further out than the plan is made for would be read from other memory.
    private static ReadOnlySpan<double> NearMeasured(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        ScanPlan plan
    )
    {
        var values = Finite(arrays, key, 2 * plan.FrameCount);
        for (var k = 0; k < plan.FrameCount; k++)
        {
            var measured = plan.Measurement.Positions[k];
            var (row, column) = (values[2 * k] - measured.Row, values[2 * k + 1] - measured.Column);
            if (Math.Max(Math.Abs(row), Math.Abs(column)) > plan.LargestShift + Rounding)
                throw new InvalidDataException(
                    $"The checkpoint's '{key}' moves frame {k} by ({row}, {column}) pixels; at most {plan.LargestShift} "
                        + "are possible."
                );
        }

        return values;
    }

    private static void Fill(IReadOnlyDictionary<string, NumericArray> arrays, string key, AlignedBuffer buffer)
    {
        var values = MemoryMarshal.Cast<byte, float>(Bytes(arrays, key, ElementType.Float32, buffer.Length));
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
            throw new InvalidDataException(
                $"The checkpoint's '{key}' holds NaN, infinity or values beyond all bounds."
            );
        values.CopyTo(buffer.Span);
    }

    private static ReadOnlySpan<byte> Bytes(
        IReadOnlyDictionary<string, NumericArray> arrays,
        string key,
        ElementType type,
        int length
    )
    {
        if (!arrays.TryGetValue(key, out var array))
            throw new InvalidDataException($"The checkpoint has no array '{key}'.");
        if (array.ElementType != type || array.Length != length)
            throw new InvalidDataException($"The checkpoint's '{key}' is {array}, not {type} [{length}].");
        return array.Bytes;
    }
}
