namespace Ptycho.Diffusion.Training.Rates;

/// <summary>A rate that rises linearly to another one's: step k of the first n has (k + 1)/n of it.</summary>
/// <param name="Steps">n, at least 1.</param>
/// <param name="Then">The rate that is warmed up to.</param>
public sealed record WarmupRate(long Steps, ILearningRate Then) : ILearningRate
{
    /// <summary>Length of the warm-up.</summary>
    public long Steps { get; } =
        Steps >= 1
            ? Steps
            : throw new ArgumentOutOfRangeException(nameof(Steps), Steps, "A warm-up takes at least 1 step.");

    /// <summary>The rate that is warmed up to.</summary>
    public ILearningRate Then { get; } = Then ?? throw new ArgumentNullException(nameof(Then));

    /// <inheritdoc />
    public double At(long step) => Then.At(step) * Math.Min(1, (step + 1) / (double)Steps);
}
