namespace Ptycho.Tests.Shared;

/// <summary>Collects garbage on another thread without pause until it is disposed.</summary>
internal sealed class BusyCollector : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private long _collections;

    public BusyCollector()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Does something as often as it takes until the collector has been at work in some of it.</summary>
    public void Beside(Action action)
    {
        const int enough = 5;
        var before = Interlocked.Read(ref _collections);
        do action();
        while (Interlocked.Read(ref _collections) - before < enough);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Collect()
    {
        while (!_stop.IsCancellationRequested)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Interlocked.Increment(ref _collections);
        }
    }
}
