using System.Diagnostics;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Guidance;

/// <summary>
/// Diffusion posterior sampling (Chung et al. 2022) with the ℓ1 amplitude energy and time travel of Cam et al.
/// (arXiv:2502.18767, Algorithm 1): each step down the noise levels is followed by a step against the gradient of the
/// data's energy at x̂₀, taken through the network. For any operator and likelihood, and any differentiable prior.
/// </summary>
public sealed class DpsSampler
{
    private readonly IPrior _prior;
    private readonly IVariancePrior? _variance;
    private readonly int[] _levels;

    /// <summary>A sampler over a prior, which stays the caller's.</summary>
    /// <exception cref="ArgumentException">
    /// The prior does not promise gradients, or the options ask for a variance that it has not learned.
    /// </exception>
    public DpsSampler(IPrior prior, DpsOptions? options = null)
    {
        _prior = prior ?? throw new ArgumentNullException(nameof(prior));
        Options = options ?? DpsOptions.Paper;
        if (prior is not IDifferentiablePrior)
            throw new ArgumentException(
                $"Guidance needs gradients through the prior; {prior.GetType().Name} is no {nameof(IDifferentiablePrior)}.",
                nameof(prior)
            );
        if (Options.LearnedVariance)
            _variance = prior is IVariancePrior { LearnsVariance: true } learned
                ? learned
                : throw new ArgumentException("This prior has not learned its variance.", nameof(prior));
        var start = Options.WarmStartSigma is { } sigma ? prior.Schedule.NearestLevel(sigma) : prior.Schedule.Steps;
        _levels = LevelSpacing.Power(prior.Schedule, Options.Steps, start);
    }

    /// <summary>The options.</summary>
    public DpsOptions Options { get; }

    /// <summary>Network evaluations of one chain.</summary>
    public int NetworkEvaluations => TravelPlan.Count(_levels.Length, Options.TravelLength);

    /// <summary>Runs all chains in one batch.</summary>
    /// <param name="problem">The experiment; stays the caller's.</param>
    /// <param name="start">complex64 [1, H, W] or [C, H, W] where the options ask for a warm start, else null.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>x̂₀ of the last step as objects, complex64 [C, H, W]; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The start has another shape or type, or is not finite.</exception>
    /// <exception cref="NumericalFailureException">
    /// A value became NaN or infinite, or the state grew out of all bounds; it holds the estimate of the step before.
    /// </exception>
    public Tensor Run(
        PosteriorProblem problem,
        Tensor? start = null,
        IProgress<DpsProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => Run(problem, start, progress, null, null, null, cancellationToken);

    internal Tensor Run(
        PosteriorProblem problem,
        Tensor? start,
        IProgress<DpsProgress>? progress,
        SamplerFile? file,
        SamplerSnapshot? saved,
        Stopwatch? clock,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (saved is null && start is null != Options.WarmStartSigma is null)
            throw new ArgumentException("A start and WarmStartSigma come together.", nameof(start));
        StartCheck.Require(start, Options.Chains, problem);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var noise = new NoiseSource(Options.Seed, Options.Chains, problem);
        var x =
            saved is not null
                ? file!.Restore(() => DpsCheckpoint.Restore(saved, Options.Chains, problem, NetworkEvaluations))
            : start is null ? noise.Next()
            : _prior.Schedule.AddNoise(StartChannels.Of(_prior.Transform, Gauge.Fix(start)), noise.Next(), _levels[0]);
        noise.SkipTo(saved?.Draws ?? noise.Draws);
        var done = saved?.Done ?? 0;
        var written = done;
        var before = saved?.Elapsed ?? TimeSpan.Zero;
        using var watch = new DpsWatch();
        foreach (var (place, travel) in TravelPlan.Steps(_levels.Length, Options.TravelLength).Skip(done))
        {
            var cancelled = cancellationToken.IsCancellationRequested;
            if (file is not null && done > written && (cancelled || file.IsDue(done)))
                Write(written = done);
            if (cancelled)
                throw new OperationCanceledException(cancellationToken);
            using var step = NewDisposeScope();
            // The old state dies with this step.
            step.Attach(x);
            if (travel > 0)
                x = _prior.Schedule.Renoise(x, noise.Next(), LevelAt(place + travel), LevelAt(place));
            watch.Begin(done + 1, LevelAt(place));
            x = step.MoveToOuter(Guided(problem, x, LevelAt(place + 1), noise, watch, out var energy));
            done++;
            progress?.Report(new DpsProgress(done, NetworkEvaluations, LevelAt(place + 1), energy));
        }
        if (file is not null && done > written)
            Write(done);
        return _prior.Transform.ToObject(x).MoveToOuterDisposeScope();

        void Write(int steps) =>
            file.Write(DpsCheckpoint.Take(x, steps, noise.Draws, before + (clock?.Elapsed ?? TimeSpan.Zero)));
    }

    private int LevelAt(int place) => place == _levels.Length ? 0 : _levels[place];

    private Tensor Guided(
        PosteriorProblem problem,
        Tensor x,
        int to,
        NoiseSource noise,
        DpsWatch watch,
        out double energy
    )
    {
        using var scope = NewDisposeScope();
        var from = watch.Level;
        var input = x.detach().requires_grad_();
        Tensor raw;
        Tensor? weight = null;
        Tensor sample;
        Tensor obj;
        using (enable_grad())
        {
            if (_variance is not null)
                (raw, weight) = _variance.DenoiseWithVariance(input, from);
            else
                raw = _prior.Denoise(input, from);
            sample = _prior.Transform.Clip(raw);
            obj = _prior.Transform.ToObject(sample);
        }
        watch.Require(obj, "prior's estimate");
        var pull = GuidanceGradient.Of(problem, obj.detach(), Options.Energy, out energy);
        watch.Require(energy, "guiding energy");
        var gradient = autograd.grad([obj], [input], [pull])[0];
        watch.Require(gradient, "guiding gradient");
        var transition = _prior.Schedule.Transition(from, to);
        var next = sample.detach() * transition.SampleWeight + x * transition.StateWeight;
        if (to > 0 && Options.Noise > 0)
            next = next + noise.Next() * Deviation(transition, weight);
        next = next - gradient * StepLength(gradient, x, sample, from);
        watch.RequireBounded(next, "state");
        watch.Keep(obj);
        return next.MoveToOuterDisposeScope();
    }

    /// <summary>The step's standard deviation: √β̃, or between β̃ and β in the logarithm where the network knows.</summary>
    private Tensor Deviation(LevelTransition transition, Tensor? weight)
    {
        var low = Math.Log(Math.Max(transition.PosteriorVariance, 1e-20));
        if (weight is null)
            return tensor((float)(Options.Noise * Math.Exp(0.5 * low)));
        var high = Math.Log(transition.Beta);
        return ((weight.detach() * (high - low) + low) * 0.5).exp() * Options.Noise;
    }

    private Tensor StepLength(Tensor gradient, Tensor x, Tensor sample, int level)
    {
        if (Options.StepRule == StepRule.Constant)
            return tensor((float)Options.StepSize);
        // rms(ε)√(1−ᾱ) is the rms of what x holds beside the signal.
        var alphaBar = _prior.Schedule.AlphaBar(level);
        var left = Rms(x - sample.detach() * Math.Sqrt(alphaBar));
        return left * Options.StepSize / Rms(gradient).clamp_min(1e-20f);
    }

    private static Tensor Rms(Tensor channels) => channels.square().mean([1, 2, 3], keepdim: true).sqrt();
}
