using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>Runs a command line as all samples do: --help, wrong usage in one sentence, time to save after Ctrl-C.</summary>
public static class SampleProgram
{
    /// <summary>A signal ends a run between two steps of a solver; the longest takes a few seconds.</summary>
    private static readonly TimeSpan s_timeToSave = TimeSpan.FromSeconds(30);

    /// <param name="root">The command line.</param>
    /// <param name="args">What was typed.</param>
    /// <param name="timeToSave">How long the program may take to end after Ctrl-C; 30 s if not given.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(RootCommand root, string[] args, TimeSpan? timeToSave = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        // Progress bars and tables are drawn with characters beyond ASCII.
        Console.OutputEncoding = Encoding.UTF8;
        var parsed = root.Parse(args);
        // An option that is not known would else be taken for the file where one is expected.
        var strange = parsed
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal));
        if (strange is not null)
        {
            Console.Error.WriteLine($"error: {Unknown(strange.Value)}");
            return Guarded.Failure;
        }
        if (parsed.Action is ParseErrorAction)
        {
            // What is not known at all says more than what is missing because of it.
            var message =
                parsed.UnmatchedTokens.Count > 0
                    ? Unknown(parsed.UnmatchedTokens[0])
                    : Sentence.OfParser(parsed.Errors[0].Message);
            Console.Error.WriteLine($"error: {message}");
            return Guarded.Failure;
        }
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = timeToSave ?? s_timeToSave,
            }
        );
    }

    private static string Unknown(string word) => $"'{word}' is no command or option here; --help lists them.";
}
