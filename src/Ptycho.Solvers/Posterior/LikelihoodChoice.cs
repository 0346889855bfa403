using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Validation;
using TorchSharp;

namespace Ptycho.Solvers.Posterior;

/// <summary>A likelihood by its name and number, before there are data.</summary>
public sealed record LikelihoodChoice
{
    /// <summary>
    /// Mean counts of a measured pixel below which <see cref="Automatic"/> takes Poisson's likelihood: the square root of
    /// few counts is darker on average than the root of their mean. Chosen on validation crops (docs/method.md).
    /// </summary>
    public const double FewCounts = 1000;

    /// <summary>Poisson below <see cref="FewCounts"/>, amplitudes otherwise and where the counts are not known.</summary>
    public static LikelihoodChoice Automatic => new() { Kind = LikelihoodKind.Automatic };

    /// <summary>Least squares on amplitudes.</summary>
    public static LikelihoodChoice Amplitude => new();

    /// <summary>Poisson counts.</summary>
    public static LikelihoodChoice Poisson => new() { Kind = LikelihoodKind.Poisson };

    /// <summary>Which likelihood.</summary>
    public LikelihoodKind Kind
    {
        get;
        init =>
            field = Enum.IsDefined(value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such likelihood.");
    }

    /// <summary>
    /// Huber's δ in units of an amplitude's noise σ_a, above 0: errors beyond it count linearly. The others do not use it.
    /// </summary>
    public double HuberThreshold
    {
        get;
        init => field = Require.Positive(value, nameof(HuberThreshold));
    } = 3;

    /// <summary>Huber's loss.</summary>
    /// <param name="threshold">δ in units of σ_a, above 0.</param>
    public static LikelihoodChoice Huber(double threshold = 3) =>
        new() { Kind = LikelihoodKind.Huber, HuberThreshold = threshold };

    /// <summary>The likelihood that fits some data: this one, unless it is automatic.</summary>
    internal LikelihoodChoice For(DiffractionData data) =>
        Kind != LikelihoodKind.Automatic ? this
        : CountLevel.Mean(data) < FewCounts ? Poisson
        : Amplitude;

    /// <summary>The likelihood of some data, the caller's to dispose.</summary>
    /// <param name="data">The data; copied.</param>
    /// <param name="amplitudeNoise">σ_a in the amplitudes' unit.</param>
    /// <param name="device">Where the work is done.</param>
    internal ILikelihood Create(DiffractionData data, double amplitudeNoise, torch.Device device) =>
        For(data).Kind switch
        {
            LikelihoodKind.Huber => new HuberLikelihood(data, HuberThreshold * amplitudeNoise, device),
            LikelihoodKind.Poisson => new PoissonLikelihood(data, device: device),
            _ => new AmplitudeLikelihood(data, device),
        };
}
