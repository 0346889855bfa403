namespace Ptycho.Diffusion.Training.Rates;

/// <summary>The same rate at every step.</summary>
/// <param name="Rate">The rate, above 0.</param>
public sealed record ConstantRate(double Rate) : ILearningRate
{
    /// <summary>The rate.</summary>
    public double Rate { get; } = RateChecks.Positive(Rate, nameof(Rate));

    /// <inheritdoc />
    public double At(long step) => Rate;
}
