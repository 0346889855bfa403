using Ptycho.Physics.Validation;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Solvers.Annealing;

/// <summary>
/// How the annealed posterior solver runs. The defaults were chosen on the validation block of the blood-smear objects
/// (standard simulation, probe H, 20 and 74 % overlap): docs/results.md has the search.
/// </summary>
public sealed record AnnealedOptions
{
    /// <summary>At most 20 network evaluations: a preview.</summary>
    public static AnnealedOptions Fast => new() { Levels = 20 };

    /// <summary>At most 100 network evaluations: the mean of four chains.</summary>
    public static AnnealedOptions Default => new() { Levels = 25, Chains = 4 };

    /// <summary>Sixteen chains of 25 levels: 400 network evaluations. More levels in fewer chains were no better.</summary>
    public static AnnealedOptions Best => new() { Levels = 25, Chains = 16 };

    /// <summary>Noise levels visited, at least 2; each costs one network evaluation per chain.</summary>
    public int Levels
    {
        get;
        init => field = Require.AtLeast(value, 2, nameof(Levels));
    } = 50;

    /// <summary>Independent chains, whose gauge-aligned mean is the estimate.</summary>
    public int Chains
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Chains));
    } = 1;

    /// <summary>
    /// The first noise level, in σ = √((1−ᾱ)/ᾱ), of a warm start; 0.8 is about level 218 of the linear schedule.
    /// </summary>
    public double StartSigma
    {
        get;
        init => field = Require.Positive(value, nameof(StartSigma));
    } = 0.8;

    /// <summary>The last noise level, in σ; level 2 of the linear schedule.</summary>
    public double LastSigma
    {
        get;
        init => field = Require.Positive(value, nameof(LastSigma));
    } = 0.015;

    /// <summary>Exponent of the spacing: above 1 the low noise levels are visited more densely.</summary>
    public double Power
    {
        get;
        init => field = Require.Positive(value, nameof(Power));
    } = 1.5;

    /// <summary>λ₀: how much the prior counts against the data at σ = 1.</summary>
    public double Coupling
    {
        get;
        init => field = Require.Positive(value, nameof(Coupling));
    } = 0.05;

    /// <summary>
    /// p in λ = λ₀ σ_a²/c² · σ^−p; 2 with λ₀ = 1 if the prior's error were white with variance c²σ². A larger p with a small
    /// λ₀ lets the first levels move what varies slowly over the field, and leaves the last ones as they are.
    /// </summary>
    public double CouplingExponent
    {
        get;
        init => field = Require.Between(value, 0, 4, nameof(CouplingExponent));
    } = 3;

    /// <summary>
    /// κ₀ in κ = κ₀ σ_a²/c², which holds the difference e between the estimate and the denoised object by ½κ Σ|e_i − e_j|²
    /// over neighbouring pixels: an error of the prior has little power at high spatial frequencies, and together with λ
    /// this is the inverse of a spectrum that falls as 1/k². 0 holds all frequencies alike, by λ alone.
    /// </summary>
    public double Roughness
    {
        get;
        init => field = Require.NotNegative(value, nameof(Roughness));
    } = 20;

    /// <summary>
    /// Degree of the polynomials, 0…8, along which the object's phase follows the data alone after each data step, by one Newton
    /// step: what varies so slowly a denoiser leaves as it finds it, and λ then holds it against few counts. 3 is ramps,
    /// bends and one more; 0 is none. Where probe, positions or flux are refined it is not done.
    /// </summary>
    public int SlowPhaseDegree
    {
        get;
        init => field = (int)Require.Between(value, 0, 8, nameof(SlowPhaseDegree));
    } = 3;

    /// <summary>
    /// Majorise–minimise steps at a level, at most. With momentum fewer are taken where they converge sooner: √(2/q), with
    /// q = λ/(max d + λ + 8κ) and d = diag(AᴴA).
    /// </summary>
    public int DataIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(DataIterations));
    } = 280;

    /// <summary>Extrapolation within a data step, as in the optimised gradient method of Kim and Fessler (2016).</summary>
    public bool Momentum { get; init; } = true;

    /// <summary>η: the share of fresh noise in each step down, 0…1.</summary>
    public double FreshNoise
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(FreshNoise));
    } = 1;

    /// <summary>
    /// Iterations of accelerated Wirtinger flow for the warm start; 0 starts cold, from pure noise at the noisiest
    /// level, which finds right magnitudes but wrong phases where frames overlap little. The number is for a field of
    /// four windows across; a larger field takes more (docs/method.md).
    /// </summary>
    public int WarmStartIterations
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(WarmStartIterations));
    } = 300;

    /// <summary>
    /// Strength κ of the warm start's smoothness penalty: without it the start keeps what the data leave free.
    /// </summary>
    public double WarmStartSmoothness
    {
        get;
        init => field = Require.NotNegative(value, nameof(WarmStartSmoothness));
    } = 3e-3;

    /// <summary>
    /// How far fields are compared with the data: by default as Poisson counts where they are known and few, and by amplitudes,
    /// which is several times faster, where they are many.
    /// </summary>
    public LikelihoodChoice Likelihood
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = LikelihoodChoice.Automatic;

    /// <summary>
    /// What of flux, probe and positions is found together with the object, or null (the default): all are known. For
    /// <see cref="AnnealedSolver"/>; a sampler's operator is its caller's.
    /// </summary>
    public JointRefinement? Refinement { get; init; }

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Share of the frames that the solver does not use and is judged by afterwards, 0 (none, the default) … 0.5. They are
    /// drawn by the seed. What only they saw is left to the prior: use it to check, not for the best object.
    /// </summary>
    public double HeldOutFrames
    {
        get;
        init => field = Require.Between(value, 0, 0.5, nameof(HeldOutFrames));
    }

    /// <summary>
    /// The prior mismatch of a result above which it warns. 0.25 was chosen on validation crops of the blood-smear prior,
    /// which lie below 0.17; another prior wants its own.
    /// </summary>
    public double PriorMismatchLimit
    {
        get;
        init => field = Require.Positive(value, nameof(PriorMismatchLimit));
    } = 0.25;

    /// <summary>Levels between two previews in the progress; 0 (the default) gives none.</summary>
    public int PreviewEvery
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(PreviewEvery));
    }
}
