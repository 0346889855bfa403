namespace Ptycho.Diffusion.Data;

/// <summary>
/// Makes the batches of the next steps on pool threads while the current step computes, at most a given number ahead.
/// Batches are handed out in order, so their bits do not depend on timing. Used by one thread.
/// </summary>
internal sealed class BatchPrefetcher(IBatchSource source, int partsPerStep, int depth, long firstStep, long endStep)
{
    private readonly Queue<Task<TrainingBatch>> pending = new();
    private long step = firstStep;
    private int part;

    /// <summary>The next batch; failures of the source surface here, at the batch that failed.</summary>
    public TrainingBatch Next()
    {
        while (pending.Count <= depth && step < endStep)
            Start();
        if (!pending.TryDequeue(out var batch))
            throw new InvalidOperationException("There are no more batches.");
        return batch.GetAwaiter().GetResult();
    }

    private void Start()
    {
        var (s, p) = (step, part);
        pending.Enqueue(Task.Run(() => source.Create(s, p)));
        if (++part == partsPerStep)
            (part, step) = (0, step + 1);
    }
}
