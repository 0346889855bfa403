using Ptycho.Samples.LargeField.Methods;
using Spectre.Console;

namespace Ptycho.Samples.LargeField.Display;

/// <summary>One bar a method.</summary>
internal sealed class BarObserver(IReadOnlyDictionary<string, ProgressTask> tasks) : IRunObserver
{
    public void Advanced(string method, double share)
    {
        var task = tasks[method];
        if (!task.IsStarted)
            task.StartTask();
        task.Value = share;
    }

    // A task that isn't stopped goes on to count its seconds.
    public void Finished(FieldRun run) => tasks[run.Method].StopTask();
}
