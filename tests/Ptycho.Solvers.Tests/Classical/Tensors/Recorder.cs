namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>Keeps reports, and calls back at the third one.</summary>
internal sealed class Recorder<T>(List<T> reports, Action? third = null) : IProgress<T>
{
    public void Report(T value)
    {
        reports.Add(value);
        if (reports.Count == 3)
            third?.Invoke();
    }
}
