using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>Runs a command line as all samples do: --help, wrong usage in one sentence, time to save after Ctrl-C.</summary>
public static class SampleProgram
{
    /// <summary>A signal ends a run between two steps of a solver; the longest takes a few seconds.</summary>
    private static readonly TimeSpan s_timeToSave = TimeSpan.FromSeconds(30);

    /// <returns>The exit code.</returns>
    public static async Task<int> Run(RootCommand root, string[] args)
    {
        ArgumentNullException.ThrowIfNull(root);
        // Progress bars and tables are drawn with characters beyond ASCII.
        Console.OutputEncoding = Encoding.UTF8;
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            Console.Error.WriteLine($"error: {parsed.Errors[0].Message}");
            return Guarded.Failure;
        }
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_timeToSave,
            }
        );
    }
}
