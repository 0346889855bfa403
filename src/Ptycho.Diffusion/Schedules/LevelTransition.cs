namespace Ptycho.Diffusion.Schedules;

/// <summary>
/// The Gaussian q(x_to | x_from, x₀) of a step from a noisy level to a cleaner one: mean
/// SampleWeight·x₀ + StateWeight·x_from, variance PosteriorVariance (DDPM, equations 6 and 7, for any two levels).
/// </summary>
/// <param name="SampleWeight">√ᾱ_to·β/(1−ᾱ_from).</param>
/// <param name="StateWeight">√(1−β)·(1−ᾱ_to)/(1−ᾱ_from).</param>
/// <param name="Beta">β = 1 − ᾱ_from/ᾱ_to, the variance added by the step up.</param>
/// <param name="PosteriorVariance">β̃ = β(1−ᾱ_to)/(1−ᾱ_from); 0 where the step ends at level 0.</param>
public readonly record struct LevelTransition(
    double SampleWeight,
    double StateWeight,
    double Beta,
    double PosteriorVariance
)
{
    internal static LevelTransition Between(double alphaBarFrom, double alphaBarTo)
    {
        var alpha = alphaBarFrom / alphaBarTo;
        var beta = 1 - alpha;
        var noise = 1 - alphaBarFrom;
        return new LevelTransition(
            Math.Sqrt(alphaBarTo) * beta / noise,
            Math.Sqrt(alpha) * (1 - alphaBarTo) / noise,
            beta,
            beta * (1 - alphaBarTo) / noise
        );
    }
}
