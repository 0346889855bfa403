using System.Collections.Immutable;

namespace Ptycho.Diffusion.Priors;

/// <summary>What is stored with a prior besides its numbers.</summary>
public sealed record PriorDescription
{
    /// <summary>
    /// The rule that fixed the global phase of each training crop; "arg-sum-zero": the sum of the crop is real and
    /// positive.
    /// </summary>
    public string GaugeRule { get; init; } = "arg-sum-zero";

    /// <summary>The images of an object that training showed as often as the object itself; none by default.</summary>
    public ObjectSymmetry Symmetry { get; init; }

    /// <summary>Free notes: how the prior was made, how good it is, where its data come from.</summary>
    public ImmutableSortedDictionary<string, string> Notes { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}
