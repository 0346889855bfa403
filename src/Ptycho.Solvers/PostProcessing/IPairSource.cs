namespace Ptycho.Solvers.PostProcessing;

/// <summary>An endless supply of pairs in which pair i is always the same one. Safe to call from several threads.</summary>
public interface IPairSource
{
    /// <summary>Pixels on a side of both fields.</summary>
    public int Size { get; }

    /// <summary>Text that differs wherever pairs differ, so that stored pairs are not taken for others.</summary>
    public string Identity { get; }

    /// <summary>Pair number <paramref name="index"/>.</summary>
    /// <param name="index">The pair.</param>
    /// <param name="cancellationToken">Stops the reconstruction.</param>
    public ReconstructionPair Create(ulong index, CancellationToken cancellationToken = default);
}
