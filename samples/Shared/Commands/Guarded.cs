using Ptycho.Diffusion.Training;
using Ptycho.Physics.FourierPtychography;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Shared.Commands;

/// <summary>Turns what may go wrong into one sentence and an exit code; success is 0.</summary>
public static class Guarded
{
    /// <summary>Exit code of bad input and failures.</summary>
    public const int Failure = 1;

    /// <summary>Exit code after Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs the work off the calling thread and says on standard error what stopped it.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stopped">What to say after Ctrl-C, unless a <see cref="StoppedException"/> says it better.</param>
    public static async Task<int> Run(Action work, string stopped = "Stopped; nothing was written.")
    {
        try
        {
            await Task.Run(work, CancellationToken.None);
            return 0;
        }
        catch (OperationCanceledException e)
        {
            Console.Error.WriteLine(e is StoppedException ? e.Message : stopped);
            return Interrupted;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or InvalidDataException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or DllNotFoundException
                        or NumericalFailureException
                        or TrainingDivergedException
                        or FourierPtychographyDivergedException
            )
        {
            Console.Error.WriteLine($"error: {Sentence.Of(e)}");
            return Failure;
        }
    }
}
