using Ptycho.IO.Arrays;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>
/// Where the drawing of samples stood: which batch of chains ran, the samples of those before, the start that all share, and
/// the state of the batch.
/// </summary>
/// <param name="Batch">The batch, from 0.</param>
/// <param name="Running">The batch's own snapshot.</param>
internal sealed record PosteriorCheckpoint(int Batch, SamplerSnapshot Running)
{
    private const string Samples = "samples";
    private const string Start = "start";

    /// <param name="state">The batch that runs, after at least one level.</param>
    /// <param name="done">Levels done in the batches before.</param>
    /// <param name="draws">States drawn from the batch's noise.</param>
    /// <param name="finished">Samples of the batches before, complex64 [n, H, W] each.</param>
    /// <param name="start">The start, complex64 [1, H, W]; null in a cold run.</param>
    internal static SamplerSnapshot Take(
        AnnealedState state,
        int done,
        long draws,
        IReadOnlyList<Tensor> finished,
        Tensor? start
    )
    {
        using var scope = NewDisposeScope();
        var running = AnnealedCheckpoint.Take(state, null, draws, 0, TimeSpan.Zero);
        var arrays = new Dictionary<string, NumericArray>(running.Arrays, StringComparer.Ordinal);
        if (finished.Count > 0)
            arrays[Samples] = SnapshotTensors.ToArray(cat([.. finished]));
        if (start is not null)
            arrays[Start] = SnapshotTensors.ToArray(start);
        return running with { Done = done + state.Done, Arrays = arrays };
    }

    /// <summary>Finds the batch.</summary>
    /// <exception cref="InvalidDataException">The snapshot lies beyond the run's end.</exception>
    internal static PosteriorCheckpoint Locate(SamplerSnapshot snapshot, PosteriorOptions options, int levels)
    {
        var total = (long)options.Batches * levels;
        if (snapshot.Done < 1 || snapshot.Done > total)
            throw new InvalidDataException($"The checkpoint is at level {snapshot.Done} of a run of {total} levels.");
        var batch = (snapshot.Done - 1) / levels;
        return new PosteriorCheckpoint(batch, snapshot with { Done = snapshot.Done - batch * levels });
    }

    /// <summary>The samples of the batches before, complex64 [n, H, W] on the CPU, in the caller's scope; null for none.</summary>
    /// <exception cref="InvalidDataException">They are missing or have another shape.</exception>
    internal Tensor? Finished(PosteriorOptions options, IForwardOperator forward) =>
        Batch == 0 ? null : Objects(Samples, (long)Batch * options.LargestBatch, forward, CPU);

    /// <summary>The start, complex64 [1, H, W], in the caller's scope; null where the run was cold.</summary>
    /// <exception cref="InvalidDataException">It is missing or has another shape.</exception>
    internal Tensor? StartOf(PosteriorOptions options, IForwardOperator forward, Device device) =>
        options.WarmStartIterations == 0 ? null : Objects(Start, 1, forward, device);

    private Tensor Objects(string key, long count, IForwardOperator forward, Device device)
    {
        var (height, width) = forward.ObjectShape;
        return SnapshotTensors.Read(Running.Arrays, key, [count, height, width, 2], device).view_as_complex();
    }
}
