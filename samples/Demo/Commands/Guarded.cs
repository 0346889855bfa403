using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Demo.Commands;

/// <summary>Turns what may go wrong into one sentence and an exit code.</summary>
internal static class Guarded
{
    /// <summary>Exit code of bad input and failures.</summary>
    public const int Failure = 1;

    /// <summary>Exit code after Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs the work off the calling thread and says on standard error what stopped it.</summary>
    public static async Task<int> Run(Action work)
    {
        try
        {
            await Task.Run(work, CancellationToken.None);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; nothing was written.");
            return Interrupted;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or InvalidDataException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NumericalFailureException
            )
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return Failure;
        }
    }
}
