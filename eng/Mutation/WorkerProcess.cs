using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ptycho.Mutation;

internal sealed record WorkerStart(string Library, string Tests, string Regex);

/// <summary>A worker in a process of its own, which is ended when it takes too long.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    // A deadlock uses no time of the processor.
    private static readonly TimeSpan Standstill = TimeSpan.FromMinutes(10);

    private readonly Process process;
    private readonly BlockingCollection<string?> answers = [];

    public WorkerProcess(WorkerStart start, bool fresh)
    {
        var folder = AppContext.BaseDirectory;
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] arguments =
        [
            "exec",
            "--depsfile",
            $"{folder}{start.Tests}.deps.json",
            "--runtimeconfig",
            $"{folder}{start.Tests}.runtimeconfig.json",
            typeof(WorkerProcess).Assembly.Location,
            "--worker",
            start.Library,
            start.Tests,
            start.Regex,
        ];
        foreach (var argument in fresh ? [.. arguments, "fresh"] : arguments)
            info.ArgumentList.Add(argument);
        // A mutant may ask for all memory that there is.
        info.Environment["DOTNET_GCHeapHardLimit"] = "0x100000000";
        process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null || line.Data.StartsWith(Worker.Mark, StringComparison.Ordinal))
                answers.Add(line.Data?[Worker.Mark.Length..]);
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The next answer; null where the process ended, "late" where it used more time without one.</summary>
    /// <param name="limit">Time of the processor, so that a machine which other work shares kills no mutant.</param>
    public string? Answer(TimeSpan limit)
    {
        var (before, clock) = (Used, Stopwatch.StartNew());
        while (true)
        {
            if (answers.TryTake(out var answer, Pause))
                return answer;
            if (Used - before > limit || clock.Elapsed > Standstill)
                return "late";
        }
    }

    public string? Ask(int id, TimeSpan limit)
    {
        try
        {
            process.StandardInput.WriteLine(id);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return null;
        }
        return Answer(limit);
    }

    /// <summary>Time of the processor so far.</summary>
    public TimeSpan Used
    {
        get
        {
            process.Refresh();
            return process.HasExited ? TimeSpan.Zero : process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        answers.Dispose();
    }
}
