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
    /// <param name="work">The work.</param>
    /// <param name="stopped">What to say after Ctrl-C.</param>
    public static async Task<int> Run(Action work, string stopped = "Stopped; nothing was written.")
    {
        try
        {
            await Task.Run(work, CancellationToken.None);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(stopped);
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
