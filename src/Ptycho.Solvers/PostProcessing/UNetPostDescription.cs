using System.Collections.Immutable;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>What is stored with a post-processing network besides its numbers.</summary>
public sealed record UNetPostDescription
{
    /// <summary>The overlap of neighbouring windows that it was trained at, 1 − step/window width.</summary>
    public double Overlap { get; init; }

    /// <summary>The probe that it was trained with, in words.</summary>
    public string Probe { get; init; } = "";

    /// <summary>The lowest validation loss, that of these weights; mean squared error in channel units. NaN: none.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>Steps of training taken for these weights.</summary>
    public long Step { get; init; }

    /// <summary>Free notes: the training budget, where the data come from.</summary>
    public ImmutableSortedDictionary<string, string> Notes { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}
