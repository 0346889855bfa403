using System.Runtime.InteropServices;
using Ptycho.IO.Arrays;
using Ptycho.Physics.Fourier;
using Ptycho.Solvers.Checkpoints;

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
            state.Plan.LoadPositions(Doubles(arrays, Positions, 2 * state.Plan.FrameCount));
        history.Resume(
            Doubles(arrays, Residuals, snapshot.Done),
            best is null ? [] : Doubles(arrays, HeldOut, snapshot.Done),
            snapshot.Elapsed
        );
        if (best is not null)
        {
            foreach (var part in best.Buffers)
                Fill(arrays, $"{Best}.{part.Name}", part.Buffer);
            Doubles(arrays, $"{Best}.{Positions}", best.Positions.Length).CopyTo(best.Positions);
            best.Filled((int)Doubles(arrays, Best, 1)[0]);
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

    private static void Fill(IReadOnlyDictionary<string, NumericArray> arrays, string key, AlignedBuffer buffer) =>
        Bytes(arrays, key, ElementType.Float32, buffer.Length).CopyTo(MemoryMarshal.AsBytes(buffer.Span));

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
