namespace Ptycho.Solvers.Posterior;

/// <summary>How the annealed solver compares far fields with the data.</summary>
public enum LikelihoodKind
{
    /// <summary>Least squares on amplitudes: right for counted photons where they are many, and the fastest.</summary>
    Amplitude,

    /// <summary>Huber's loss of amplitudes: hot pixels, stray light and wrong frames pull with a bounded force.</summary>
    Huber,

    /// <summary>The likelihood of Poisson counts, for data of a few counts a pixel.</summary>
    Poisson,

    /// <summary>Poisson where the counts are known and few, amplitudes otherwise.</summary>
    Automatic,
}
