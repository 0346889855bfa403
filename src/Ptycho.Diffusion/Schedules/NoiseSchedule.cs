namespace Ptycho.Diffusion.Schedules;

/// <summary>
/// The variance-preserving noise schedule in its discrete form: a level s = 0…N holds
/// x_s = √ᾱ_s·x₀ + √(1−ᾱ_s)·ε, with ᾱ_0 = 1 (clean data) and ᾱ_N ≈ 0 (noise). All numbers are float64.
/// A network is asked at level s with the time t = s − 1 ∈ 0…N−1. Immutable and safe to share between threads.
/// </summary>
/// <remarks>Ho et al., Denoising Diffusion Probabilistic Models (2020); Song et al., Score-Based Generative
/// Modeling through SDEs (2021), where this is the discretised VP-SDE.</remarks>
public sealed class NoiseSchedule
{
    private readonly double[] _betas;
    private readonly double[] _alphaBars;

    private NoiseSchedule(ScheduleDefinition definition, double[] betas)
    {
        Definition = definition;
        _betas = betas;
        _alphaBars = new double[betas.Length + 1];
        _alphaBars[0] = 1;
        for (var i = 0; i < betas.Length; i++)
            _alphaBars[i + 1] = _alphaBars[i] * (1 - betas[i]);
    }

    /// <summary>What the schedule was made from; two schedules of equal definitions are the same.</summary>
    public ScheduleDefinition Definition { get; }

    /// <summary>N, the number of noise levels above the clean level 0.</summary>
    public int Steps => _betas.Length;

    /// <summary>ᾱ_s for s = 0…N, N + 1 numbers.</summary>
    public ReadOnlySpan<double> AlphaBars => _alphaBars;

    /// <summary>
    /// β rises linearly. The ends are those of 1000 steps and are scaled by 1000/N, so that every N ends at the
    /// same noise; each β is capped at 0.999.
    /// </summary>
    /// <param name="steps">N, at least 1.</param>
    /// <param name="betaStart">β of the first of 1000 steps, in (0, 1).</param>
    /// <param name="betaEnd">β of the last of 1000 steps, in [betaStart, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static NoiseSchedule Linear(int steps = 1000, double betaStart = 1e-4, double betaEnd = 2e-2) =>
        FromDefinition(
            new ScheduleDefinition
            {
                Kind = ScheduleKind.Linear,
                Steps = steps,
                BetaStart = betaStart,
                BetaEnd = betaEnd,
            }
        );

    /// <summary>
    /// ᾱ(u) = cos²(((u + offset)/(1 + offset))·π/2) normalised to 1 at u = 0, each β capped at 0.999
    /// (Nichol and Dhariwal, Improved DDPM, 2021).
    /// </summary>
    /// <param name="steps">N, at least 1.</param>
    /// <param name="offset">The small offset at u = 0, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static NoiseSchedule Cosine(int steps = 1000, double offset = 0.008) =>
        FromDefinition(
            new ScheduleDefinition
            {
                Kind = ScheduleKind.Cosine,
                Steps = steps,
                Offset = offset,
            }
        );

    /// <summary>A schedule of given β_1…β_N.</summary>
    /// <param name="betas">β of every step, each in (0, 1).</param>
    /// <exception cref="ArgumentException">There is no β, or one is outside (0, 1) or not a number.</exception>
    public static NoiseSchedule FromBetas(ReadOnlySpan<double> betas) =>
        FromDefinition(
            new ScheduleDefinition
            {
                Kind = ScheduleKind.Betas,
                Steps = betas.IsEmpty
                    ? throw new ArgumentException("A schedule needs at least one β.", nameof(betas))
                    : betas.Length,
                Betas = [.. betas],
            }
        );

    /// <summary>The schedule that a stored definition describes.</summary>
    /// <param name="definition">The definition.</param>
    /// <exception cref="ArgumentException">The definition contradicts itself.</exception>
    public static NoiseSchedule FromDefinition(ScheduleDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new NoiseSchedule(definition, ScheduleBetas.Compute(definition));
    }

    /// <summary>β_s = 1 − ᾱ_s/ᾱ_(s−1).</summary>
    /// <param name="level">1…N.</param>
    public double Beta(int level) => _betas[CheckNoisy(level) - 1];

    /// <summary>ᾱ_s, the share of the data's power at a level.</summary>
    /// <param name="level">0…N.</param>
    public double AlphaBar(int level) => _alphaBars[Check(level)];

    /// <summary>σ_s = √((1−ᾱ_s)/ᾱ_s), noise to signal.</summary>
    /// <param name="level">0…N.</param>
    public double Sigma(int level)
    {
        var alphaBar = AlphaBar(level);
        return Math.Sqrt((1 - alphaBar) / alphaBar);
    }

    /// <summary>log(ᾱ_s/(1−ᾱ_s)) = −2·log σ_s; +∞ at level 0.</summary>
    /// <param name="level">0…N.</param>
    public double LogSnr(int level)
    {
        var alphaBar = AlphaBar(level);
        return Math.Log(alphaBar) - Math.Log(1 - alphaBar);
    }

    /// <summary>β̃_s = β_s(1−ᾱ_(s−1))/(1−ᾱ_s), the variance of q(x_(s−1) | x_s, x₀); 0 at level 1.</summary>
    /// <param name="level">1…N.</param>
    public double PosteriorVariance(int level) => Transition(CheckNoisy(level), level - 1).PosteriorVariance;

    /// <summary>
    /// The Gaussian q(x_to | x_from, x₀) of one step down, over any number of levels.
    /// </summary>
    /// <param name="from">The noisier level, 1…N.</param>
    /// <param name="to">The cleaner level, 0…from − 1.</param>
    public LevelTransition Transition(int from, int to)
    {
        CheckNoisy(from);
        if (to < 0 || to >= from)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"The level after {from} must be 0…{from - 1}.");
        return LevelTransition.Between(_alphaBars[from], _alphaBars[to]);
    }

    /// <summary>The level whose σ is nearest in log σ, among 1…N.</summary>
    /// <param name="sigma">Noise to signal, positive.</param>
    public int NearestLevel(double sigma)
    {
        if (!(sigma > 0) || double.IsInfinity(sigma))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "σ must be positive and finite.");
        var target = -2 * Math.Log(sigma);
        int low = 1,
            high = Steps;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (LogSnr(middle) >= target)
                low = middle;
            else
                high = middle;
        }
        return Math.Abs(LogSnr(low) - target) <= Math.Abs(LogSnr(high) - target) ? low : high;
    }

    private int Check(int level)
    {
        if ((uint)level >= (uint)_alphaBars.Length)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"The level must be 0…{Steps}.");
        return level;
    }

    private int CheckNoisy(int level)
    {
        if (level < 1 || level > Steps)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"The level must be 1…{Steps}.");
        return level;
    }
}
