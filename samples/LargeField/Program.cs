using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using Ptycho.Samples.Demo.Commands;
using Ptycho.Samples.LargeField.Commands;

// Progress bars and tables are drawn with characters beyond ASCII.
Console.OutputEncoding = Encoding.UTF8;

var parsed = LargeFieldCommand.Create().Parse(args);
if (parsed.Action is ParseErrorAction)
{
    Console.Error.WriteLine($"error: {parsed.Errors[0].Message}");
    return Guarded.Failure;
}

// A signal ends a run between two steps of a solver; on a large field the longest takes some seconds.
return await parsed.InvokeAsync(
    new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(60),
    }
);
