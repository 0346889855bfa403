namespace Ptycho.Samples.Shared.Commands;

/// <summary>Work whose solver keeps a checkpoint.</summary>
public static class Resumable
{
    /// <summary>Does the work; after Ctrl-C says what is kept and how to go on, if anything is.</summary>
    /// <param name="checkpoint">The solver's file.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="StoppedException">It was stopped, and the checkpoint is there.</exception>
    public static T Run<T>(string checkpoint, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch (OperationCanceledException e) when (e is not StoppedException && File.Exists(checkpoint))
        {
            throw new StoppedException(
                $"Stopped; what was done is in {checkpoint}. The same command goes on from there."
            );
        }
    }
}
