using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using TorchSharp;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// What a solver with a prior needs to know of an experiment. Operator and likelihood belong to the caller and work on
/// the same device.
/// </summary>
/// <param name="Operator">The forward operator; objects are [B, H, W].</param>
/// <param name="Likelihood">How far fields are compared with the data.</param>
/// <param name="AmplitudeNoise">
/// σ_a, the standard deviation of a measured amplitude in the amplitudes' own unit, above 0: ½ where amplitudes are
/// √counts, and ½/√(counts per unit) otherwise.
/// </param>
public sealed record PosteriorProblem(IForwardOperator Operator, ILikelihood Likelihood, double AmplitudeNoise)
{
    /// <inheritdoc cref="PosteriorProblem" path="/param[@name='Operator']" />
    public IForwardOperator Operator { get; } = Operator ?? throw new ArgumentNullException(nameof(Operator));

    /// <inheritdoc cref="PosteriorProblem" path="/param[@name='Likelihood']" />
    public ILikelihood Likelihood { get; } = Likelihood ?? throw new ArgumentNullException(nameof(Likelihood));

    /// <inheritdoc cref="PosteriorProblem" path="/param[@name='AmplitudeNoise']" />
    public double AmplitudeNoise { get; } =
        AmplitudeNoise > 0 && double.IsFinite(AmplitudeNoise)
            ? AmplitudeNoise
            : throw new ArgumentOutOfRangeException(
                nameof(AmplitudeNoise),
                AmplitudeNoise,
                "The noise of an amplitude must be finite and above 0."
            );

    /// <summary>Where the work is done; the CPU by default.</summary>
    public torch.Device Device { get; init; } = torch.CPU;
}
