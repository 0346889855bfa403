using Ptycho.Physics.Validation;
using Ptycho.Solvers.Posterior;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>How posterior samples are drawn.</summary>
public sealed record PosteriorOptions
{
    /// <summary>Samples, each a chain of its own; at least 2.</summary>
    public int Chains
    {
        get;
        init => field = Require.AtLeast(value, 2, nameof(Chains));
    } = 16;

    /// <summary>Chains that run at once: the bound on memory. The samples do not depend on it but for rounding.</summary>
    public int LargestBatch
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(LargestBatch));
    } = 8;

    internal int Batches => (Chains + LargestBatch - 1) / LargestBatch;

    /// <summary>Noise levels visited, at least 2; each costs one network evaluation per chain.</summary>
    public int Levels
    {
        get;
        init => field = Require.AtLeast(value, 2, nameof(Levels));
    } = 50;

    /// <summary>Langevin steps at each level.</summary>
    public int LangevinSteps
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(LangevinSteps));
    } = 30;

    /// <summary>h, the time of a Langevin step in relaxation times; .1 to .5 is usual.</summary>
    public double StepTime
    {
        get;
        init => field = Require.Positive(value, nameof(StepTime));
    } = 0.3;

    /// <summary>
    /// τ, the standard deviation of a channel under the prior: the spread of x₀ given x is taken as
    /// r² = c² τ²σ²/(τ²+σ²), exact for a Gaussian prior. Channels are standardised, so 1.
    /// </summary>
    public double PriorDeviation
    {
        get;
        init => field = Require.Positive(value, nameof(PriorDeviation));
    } = 1;

    /// <summary>The first noise level of a warm start, in σ.</summary>
    public double StartSigma
    {
        get;
        init => field = Require.Positive(value, nameof(StartSigma));
    } = 0.2;

    /// <summary>The last noise level, in σ.</summary>
    public double LastSigma
    {
        get;
        init => field = Require.Positive(value, nameof(LastSigma));
    } = 0.0265;

    /// <summary>Exponent of the levels' spacing.</summary>
    public double Power
    {
        get;
        init => field = Require.Positive(value, nameof(Power));
    } = 1.5;

    /// <summary>
    /// Iterations of accelerated Wirtinger flow for the warm start; 0 starts cold. The number is for a field of four windows
    /// across; a larger field takes more (docs/method.md).
    /// </summary>
    public int WarmStartIterations
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(WarmStartIterations));
    } = 300;

    /// <summary>Strength κ of the warm start's smoothness penalty.</summary>
    public double WarmStartSmoothness
    {
        get;
        init => field = Require.NotNegative(value, nameof(WarmStartSmoothness));
    } = 3e-3;

    /// <summary>
    /// Levels of the annealed solver (its preset Fast, one chain) between Wirtinger flow and the samples, each a network
    /// evaluation: Langevin steps hardly move a phase that varies slowly, so a start that has it wrong stays wrong, and no error
    /// bar would tell. 0: the samples start from Wirtinger flow alone. 20 by default; otherwise at least 2.
    /// </summary>
    public int WarmStartLevels
    {
        get;
        init => field = value == 0 ? 0 : Require.AtLeast(value, 2, nameof(WarmStartLevels));
    } = 20;

    /// <summary>
    /// How far fields are compared with the data, for a measurement: by default as Poisson counts where they are known and few,
    /// and by amplitudes otherwise.
    /// </summary>
    public LikelihoodChoice Likelihood
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = LikelihoodChoice.Automatic;

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; }
}
