using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Batches;

/// <summary>
/// Objects that go down the noise levels together. Each has a thread; the thread that calls <see cref="Run"/> denoises
/// for all once every object that is still in work waits for it, so that a call's composition depends on nothing but the
/// objects, and tells the progress.
/// </summary>
internal sealed class BatchGroup : IDisposable
{
    private readonly object _gate = new();
    private readonly List<StateRequest> _waiting = [];
    private readonly List<Tensor> _given = [];
    private readonly Queue<Action> _reports = new();
    private readonly SemaphoreSlim _permits;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancelled;
    private readonly bool _joined;
    private Exception? _error;
    private bool _failed;
    private int _live;

    /// <param name="workers">Objects that compute at the same time.</param>
    /// <param name="joined">Whether states of several objects go into one call of the prior.</param>
    /// <param name="cancellationToken">Stops all.</param>
    internal BatchGroup(int workers, bool joined, CancellationToken cancellationToken)
    {
        (_joined, _cancelled) = (joined, cancellationToken);
        _permits = new SemaphoreSlim(workers);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Cancelled when the caller cancels, or when an object failed for which all must stop.</summary>
    internal CancellationToken Token => _stop.Token;

    /// <summary>Does the work of all objects, each on a thread of its own.</summary>
    /// <param name="objects">What each object does.</param>
    /// <param name="chunks">Denoises for all; null where nothing is denoised.</param>
    internal void Run(IReadOnlyList<Action> objects, StateChunks? chunks)
    {
        _live = objects.Count;
        var threads = objects.Select(work => new Thread(() => Work(work)) { IsBackground = true }).ToArray();
        foreach (var thread in threads)
            thread.Start();
        using (Token.Register(Wake))
            while (Next() is { } task)
                Guard(() => task(chunks));
        foreach (var thread in threads)
            thread.Join();
        Release();
        if (_error is OperationCanceledException)
            _cancelled.ThrowIfCancellationRequested();
        if (_error is { } error)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>
    /// Called on an object's thread: waits for the estimate of its states, which stays the group's and lives until the
    /// object asks again.
    /// </summary>
    internal Tensor Denoise(StateRequest request)
    {
        _permits.Release();
        try
        {
            lock (_gate)
            {
                _waiting.Add(request);
                Monitor.PulseAll(_gate);
                while (request.Denoised is null && !_failed && (request.Taken || !Token.IsCancellationRequested))
                    Monitor.Wait(_gate);
                _waiting.Remove(request);
            }
        }
        finally
        {
            _permits.Wait(CancellationToken.None);
        }
        return request.Denoised ?? throw new OperationCanceledException(Token);
    }

    /// <summary>Called on an object's thread: has something done on the thread of <see cref="Run"/>.</summary>
    internal void Report(Action report)
    {
        lock (_gate)
        {
            _reports.Enqueue(report);
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        _permits.Dispose();
        _stop.Dispose();
    }

    private void Work(Action work)
    {
        _permits.Wait(CancellationToken.None);
        Guard(work);
        _permits.Release();
        lock (_gate)
        {
            _live--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The first error that is no cancellation is kept for the caller; any stops all objects.</summary>
    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            // The cancellations that follow upon an error are not its reason, and an object's may come here before the error.
            lock (_gate)
                if (_error is null || (_error is OperationCanceledException && e is not OperationCanceledException))
                    _error = e;
            _stop.Cancel();
        }
    }

    /// <summary>What the thread of <see cref="Run"/> shall do next; null once all objects are done.</summary>
    private Action<StateChunks?>? Next()
    {
        lock (_gate)
            while (true)
            {
                if (_reports.TryDequeue(out var report))
                    return _ => report();
                if (_live == 0)
                    return null;
                if (!Token.IsCancellationRequested && _waiting.Count == _live && _waiting.All(r => !r.Taken))
                    return Take();
                Monitor.Wait(_gate);
            }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private Action<StateChunks?> Take()
    {
        var requests = _waiting.OrderBy(request => request.Index).ToArray();
        foreach (var request in requests)
            request.Taken = true;
        return chunks =>
        {
            Release();
            try
            {
                Denoise(requests, chunks!);
            }
            finally
            {
                _given.AddRange(requests.Select(request => request.Denoised).OfType<Tensor>());
                Free(requests);
            }
        };
    }

    /// <summary>Lets the objects go on; those without an estimate, after an error, end.</summary>
    private void Free(StateRequest[] requests)
    {
        lock (_gate)
        {
            if (requests.Any(request => request.Denoised is null))
                _failed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Frees what was given before: every object has asked again, or is done.</summary>
    private void Release()
    {
        foreach (var denoised in _given)
            denoised.Dispose();
        _given.Clear();
    }

    private void Denoise(StateRequest[] requests, StateChunks chunks)
    {
        using var scope = NewDisposeScope();
        foreach (var kind in requests.GroupBy(request => (request.Kind, _joined ? 0 : request.Index)))
        {
            var denoised = chunks.Denoise(cat([.. kind.Select(r => r.States)], 0), kind.Key.Kind.Level);
            var first = 0L;
            foreach (var request in kind)
            {
                var count = request.States.shape[0];
                request.Denoised = denoised.narrow(0, first, count).clone().DetachFromDisposeScope();
                first += count;
            }
        }
    }
}
