using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Ptycho.Samples.PaperTables.Commands;
using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Samples.PaperTables.Scenes;
using static TorchSharp.torch;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>Computes what is not computed yet, several reconstructions at once, each on a thread with its own networks.</summary>
internal sealed class Campaign(
    Settings settings,
    MethodOptions options,
    Fingerprints fingerprints,
    ResultStore results,
    PictureStore pictures
)
{
    /// <summary>The cells that still have to be computed, crop after crop, so that a stopped run has even rows.</summary>
    public IReadOnlyList<Cell> Missing(IEnumerable<Cell> cells) =>
        [.. cells.Distinct().Where(cell => !IsDone(cell)).OrderBy(cell => cell.Crop)];

    /// <summary>Computes cells; each is kept as soon as it is done.</summary>
    /// <param name="cells">What to compute, in this order.</param>
    /// <param name="finished">Told of each, from any thread.</param>
    /// <param name="cancellationToken">Stops after the current iterations; what was finished stays.</param>
    public void Run(IReadOnlyList<Cell> cells, Action<CellResult> finished, CancellationToken cancellationToken)
    {
        if (cells.Count == 0)
            return;
        var queue = new ConcurrentQueue<Cell>(cells);
        var laboratory = new Laboratory(settings.Objects, settings.CropSeed);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var errors = new ConcurrentQueue<Exception>();
        var threads = Enumerable
            .Range(0, Math.Min(settings.Workers, cells.Count))
            .Select(_ => new Thread(() => Work(queue, laboratory, finished, errors, failed)))
            .ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        // A failure cancels the others, so the first error is the cause.
        if (errors.TryDequeue(out var error))
            ExceptionDispatchInfo.Throw(error);
    }

    private bool IsDone(Cell cell)
    {
        var fingerprint = fingerprints.Of(cell);
        return results.Find(cell, fingerprint) is not null
            && (!PictureStore.Keeps(cell) || pictures.Has(cell, fingerprint));
    }

    private void Work(
        ConcurrentQueue<Cell> queue,
        Laboratory laboratory,
        Action<CellResult> finished,
        ConcurrentQueue<Exception> errors,
        CancellationTokenSource failed
    )
    {
        try
        {
            // The number is the process's, but OpenMP keeps one for each thread that calls it.
            set_num_threads(settings.Threads);
            using var bench = new MethodBench(settings, options);
            while (!failed.IsCancellationRequested && queue.TryDequeue(out var cell))
                finished(Compute(cell, laboratory, bench, failed.Token));
            failed.Token.ThrowIfCancellationRequested();
        }
        catch (Exception e)
        {
            errors.Enqueue(e);
            failed.Cancel();
        }
    }

    private CellResult Compute(Cell cell, Laboratory laboratory, MethodBench bench, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var fingerprint = fingerprints.Of(cell);
        var trial = laboratory.Measure(cell.Scene, cell.Crop);
        var found = bench.Create(cell.Method, trial).Solve(trial.Measurement, progress: null, cancellationToken);
        var result = CellResult.Of(cell, trial, found, fingerprint);
        if (PictureStore.Keeps(cell))
            pictures.Write(cell, fingerprint, found.Object);
        results.Add(result);
        return result;
    }
}
