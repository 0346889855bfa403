using System.Collections.Immutable;
using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Schedules;

/// <summary>What a noise schedule is made from, as it is stored with a prior.</summary>
public sealed record ScheduleDefinition
{
    private const int MostSteps = 1_000_000;
    private readonly int _steps = 1000;
    private readonly double _offset = 0.008;

    /// <summary>The rule.</summary>
    public ScheduleKind Kind { get; init; }

    /// <summary>N, from 1 to a million.</summary>
    public int Steps
    {
        get => _steps;
        init => _steps = OptionChecks.Between(1, MostSteps, value, nameof(Steps));
    }

    /// <summary>Linear: β of the first of 1000 steps.</summary>
    public double BetaStart { get; init; } = 1e-4;

    /// <summary>Linear: β of the last of 1000 steps.</summary>
    public double BetaEnd { get; init; } = 2e-2;

    /// <summary>Cosine: the offset at the clean end, in [0, 1).</summary>
    public double Offset
    {
        get => _offset;
        init => _offset = OptionChecks.Fraction(value, nameof(Offset));
    }

    /// <summary>Betas: β_1…β_N.</summary>
    public ImmutableArray<double> Betas { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(ScheduleDefinition? other) =>
        other is not null
        && Kind == other.Kind
        && Steps == other.Steps
        && BetaStart.Equals(other.BetaStart)
        && BetaEnd.Equals(other.BetaEnd)
        && Offset.Equals(other.Offset)
        && Betas.AsSpan().SequenceEqual(other.Betas.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Steps, BetaStart, BetaEnd, Offset, Betas.Length);
}
