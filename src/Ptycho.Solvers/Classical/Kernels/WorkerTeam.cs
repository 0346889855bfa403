using System.Runtime.ExceptionServices;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// Threads that live as long as a solve and share out numbered items; the caller's thread is worker 0. Starting a
/// round allocates nothing. Which worker takes an item is left to chance: items must not depend on it.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int Spins = 50;
    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private Action<int, int>? _body;
    private ExceptionDispatchInfo? _error;
    private int _items;
    private int _next;
    private int _running;
    private int _round;
    private bool _ended;

    /// <param name="workers">Workers with the caller, at least 1.</param>
    public WorkerTeam(int workers)
    {
        _threads = new Thread[workers - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var worker = i + 1;
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = "ptychography" };
            _threads[i].Start();
        }
    }

    /// <summary>Calls body(worker, item) for every item below <paramref name="items"/>, then returns.</summary>
    public void Run(Action<int, int> body, int items)
    {
        if (_threads.Length == 0)
        {
            for (var item = 0; item < items; item++)
                body(0, item);
            return;
        }

        (_body, _items, _next, _running, _error) = (body, items, 0, _threads.Length, null);
        StartRound();
        Work(0);
        WaitUntil(static (team, _) => Volatile.Read(ref team._running) == 0, 0);
        // As it was thrown: callers see the same exceptions with one worker and with many.
        _error?.Throw();
    }

    public void Dispose()
    {
        _ended = true;
        StartRound();
        foreach (var thread in _threads)
            thread.Join();
    }

    private void StartRound()
    {
        lock (_gate)
        {
            _round++;
            Monitor.PulseAll(_gate);
        }
    }

    private void Serve(int worker)
    {
        for (var round = 1; ; round++)
        {
            WaitUntil(static (team, round) => Volatile.Read(ref team._round) >= round, round);
            if (_ended)
                return;
            Work(worker);
            if (Interlocked.Decrement(ref _running) > 0)
                continue;
            lock (_gate)
                Monitor.PulseAll(_gate);
        }
    }

    // A round is shorter than the wake-up of a thread, so spinning comes first.
    private void WaitUntil(Func<WorkerTeam, int, bool> condition, int argument)
    {
        var spin = default(SpinWait);
        for (var i = 0; i < Spins; i++)
        {
            if (condition(this, argument))
                return;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (_gate)
            while (!condition(this, argument))
                Monitor.Wait(_gate);
    }

    private void Work(int worker)
    {
        try
        {
            for (var item = Take(); item < _items; item = Take())
                _body!(worker, item);
        }
        catch (Exception e)
        {
            // Kept for the caller: an exception that leaves a thread would end the process.
            Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(e), null);
        }
    }

    private int Take() => Interlocked.Increment(ref _next) - 1;
}
