using Ptycho.Samples.Demo.Methods;
using Spectre.Console;

namespace Ptycho.Samples.Demo.Display;

/// <summary>One bar a method.</summary>
internal sealed class BarObserver(IReadOnlyDictionary<string, ProgressTask> tasks) : IComparisonObserver
{
    public void Advanced(string method, double scenes)
    {
        var task = tasks[method];
        if (!task.IsStarted)
            task.StartTask();
        task.Value = scenes;
    }

    public void Finished(MethodRun run)
    {
        // A task that isn't stopped goes on to count its seconds.
        if (tasks[run.Method] is { IsFinished: true } task)
            task.StopTask();
    }
}
