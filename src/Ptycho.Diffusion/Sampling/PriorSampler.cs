using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Sampling;

/// <summary>Draws from a prior without any data: noise, then steps down its levels by a rule.</summary>
public sealed class PriorSampler
{
    /// <summary>The largest ᾱ at which unit noise passes for a state.</summary>
    private const double MostSignal = 0.01;

    private readonly IPrior _prior;
    private readonly IStepRule _rule;
    private readonly int[] _levels;

    /// <summary>A sampler.</summary>
    /// <param name="prior">The prior; not owned.</param>
    /// <param name="rule">The rule of each step.</param>
    /// <param name="levels">The levels at which the prior is asked, falling; level 0 follows the last.</param>
    /// <exception cref="ArgumentException">There is no level, or they do not fall or are outside 1…N.</exception>
    public PriorSampler(IPrior prior, IStepRule rule, IReadOnlyList<int> levels)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(levels);
        _prior = prior;
        _rule = rule;
        _levels = [.. levels];
        if (_levels.Length == 0)
            throw new ArgumentException("A sampler needs at least one level.", nameof(levels));
        for (var i = 0; i < _levels.Length; i++)
            if (_levels[i] < 1 || _levels[i] > prior.Schedule.Steps || (i > 0 && _levels[i] >= _levels[i - 1]))
                throw new ArgumentException(
                    $"Level {_levels[i]} at place {i} is wrong: levels fall and lie in 1…{prior.Schedule.Steps}.",
                    nameof(levels)
                );
    }

    /// <summary>Whether x̂₀ is limited to the range of the prior's transform at each step.</summary>
    public bool Clip { get; init; } = true;

    /// <summary>The levels at which the prior is asked.</summary>
    public IReadOnlyList<int> Levels => _levels;

    /// <summary>DDPM over all levels or fewer.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="steps">Steps; all levels if not given.</param>
    public static PriorSampler Ddpm(IPrior prior, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return new(prior, new AncestralRule(), LevelSpacing.Power(prior.Schedule, steps ?? prior.Schedule.Steps));
    }

    /// <summary>DDIM.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="eta">η in [0, 1].</param>
    public static PriorSampler Ddim(IPrior prior, int steps = 100, double eta = 0)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return new(prior, new DdimRule(eta), LevelSpacing.Power(prior.Schedule, steps));
    }

    /// <summary>DPM-Solver++(2M) with levels equally spaced in log σ.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="steps">Steps.</param>
    public static PriorSampler DpmSolver(IPrior prior, int steps = 25)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return new(prior, new DpmSolverRule(), LevelSpacing.LogSigma(prior.Schedule, steps));
    }

    /// <summary>Draws a batch, from unit noise, which is a state of the noisiest levels alone.</summary>
    /// <param name="batch">Images.</param>
    /// <param name="height">Pixels; what the prior's network takes.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="seed">The seed of every random number.</param>
    /// <param name="device">Where the prior is; the CPU if not given.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>Channels, float32 [B, 2, H, W], in the caller's dispose scope; the prior's transform makes objects.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidOperationException">
    /// The sampler's first level is neither N nor one at which ᾱ is at most .01, so that a state there is more than noise: that
    /// is for <see cref="Continue"/>. Or the prior gave a number that is not finite; says at which level.
    /// </exception>
    public Tensor Sample(
        int batch,
        int height,
        int width,
        long seed,
        Device? device = null,
        IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        RequireNoise();
        var place = device ?? CPU;
        using var noGrad = no_grad();
        using var generator = new Generator(0, place).manual_seed(seed);
        using var scope = NewDisposeScope();
        var noise = randn([batch, 2, height, width], dtype: ScalarType.Float32, device: place, generator: generator);
        // ᾱ is not quite 0 at the last level, but zero-mean unit noise is what networks are trained to expect there.
        return Descend(noise, generator, progress, cancellation).MoveToOuterDisposeScope();
    }

    /// <summary>Goes on from a state that is at the first of the sampler's levels.</summary>
    /// <param name="state">float32 [B, 2, H, W]; left alone.</param>
    /// <param name="seed">The seed of every random number.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>Channels at level 0, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The state has another shape, or is not finite.</exception>
    public Tensor Continue(
        Tensor state,
        long seed,
        IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ChannelShapes.CheckChannels(state);
        using var noGrad = no_grad();
        using var generator = new Generator(0, state.device).manual_seed(seed);
        using var scope = NewDisposeScope();
        if (!state.isfinite().all().ToBoolean())
            throw new ArgumentException("The state holds NaN or infinity.", nameof(state));
        return Descend(state, generator, progress, cancellation).MoveToOuterDisposeScope();
    }

    private void RequireNoise()
    {
        var (schedule, first) = (_prior.Schedule, _levels[0]);
        if (first < schedule.Steps && schedule.AlphaBar(first) > MostSignal)
            throw new InvalidOperationException(
                FormattableString.Invariant(
                    $"The sampler begins at level {first} of {schedule.Steps}, where ᾱ is {schedule.AlphaBar(first):G3}: unit noise is no "
                ) + "state of that level. Begin at the last level, or go on from a state by Continue."
            );
    }

    private Tensor Descend(
        Tensor start,
        Generator generator,
        IProgress<SamplingProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var run = _rule.Begin();
        var state = start;
        for (var i = 0; i < _levels.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = i + 1 < _levels.Length ? _levels[i + 1] : 0;
            var following = Step(run, state, _levels[i], next, generator);
            if (!ReferenceEquals(state, start))
                state.Dispose();
            state = following;
            progress?.Report(new SamplingProgress(i + 1, _levels.Length, next));
        }
        return state;
    }

    private Tensor Step(IStepRun run, Tensor state, int level, int next, Generator generator)
    {
        using var scope = NewDisposeScope();
        Tensor sample;
        Tensor? weight = null;
        if (_prior is IVariancePrior { LearnsVariance: true } learned)
            (sample, weight) = learned.DenoiseWithVariance(state, level);
        else
            sample = _prior.Denoise(state, level);
        if (Clip)
            sample = _prior.Transform.Clip(sample);
        var following = run.Next(
            new SamplingStep
            {
                Schedule = _prior.Schedule,
                State = state,
                Sample = sample,
                VarianceWeight = weight,
                Level = level,
                NextLevel = next,
                Generator = generator,
            }
        );
        if (!following.isfinite().all().ToBoolean())
            throw new InvalidOperationException($"The prior's estimate at level {level} holds NaN or infinity.");
        return following.MoveToOuterDisposeScope();
    }
}
