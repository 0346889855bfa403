using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>
/// Samples objects that fit the data and the prior by annealed half-quadratic splitting: at each of a falling sequence
/// of noise levels the prior denoises, a proximal step moves the estimate to the data, and fresh noise of the next
/// level is added. No gradient goes through the network. For any operator with a majorised likelihood, and any prior.
/// </summary>
public sealed class AnnealedSampler
{
    private readonly IPrior _prior;

    /// <summary>A sampler over a prior, which stays the caller's.</summary>
    public AnnealedSampler(IPrior prior, AnnealedOptions? options = null)
    {
        _prior = prior ?? throw new ArgumentNullException(nameof(prior));
        Options = options ?? AnnealedOptions.Default;
    }

    /// <summary>The options.</summary>
    public AnnealedOptions Options { get; }

    /// <summary>Runs all chains in one batch.</summary>
    /// <param name="problem">The experiment; stays the caller's.</param>
    /// <param name="start">
    /// A warm start, complex64 [1, H, W] or [C, H, W]; null runs accelerated Wirtinger flow first, as the options say.
    /// </param>
    /// <param name="progress">Told after each level.</param>
    /// <param name="cancellationToken">Stops between levels.</param>
    /// <exception cref="ArgumentException">The likelihood has no majoriser, or the start has another shape.</exception>
    public AnnealedSample Run(
        PosteriorProblem problem,
        Tensor? start = null,
        IProgress<AnnealedProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(problem);
        using var dataStep = new ProximalDataStep(problem);
        return Run(problem, dataStep, start, progress, cancellationToken);
    }

    internal AnnealedSample Run(
        PosteriorProblem problem,
        IDataStep dataStep,
        Tensor? start,
        IProgress<AnnealedProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        if (start is null && Options.WarmStartIterations > 0)
            start = dataStep.WarmStart(Options.WarmStartIterations, Options.WarmStartSmoothness, cancellationToken);
        var schedule = _prior.Schedule;
        var levels = LevelSpacing.Power(
            schedule,
            Options.Levels,
            start is null ? schedule.Steps : schedule.NearestLevel(Options.StartSigma),
            schedule.NearestLevel(Options.LastSigma),
            Options.Power
        );
        using var noise = new NoiseSource(Options.Seed, Options.Chains, problem);
        var objects = Anneal(problem, dataStep, levels, start, noise, progress, cancellationToken);
        var aligned = Gauge.Align(objects, objects[0]).MoveToOuterDisposeScope();
        return new AnnealedSample(aligned, (long)levels.Length * Options.Chains, dataStep.Evaluations);
    }

    private Tensor Anneal(
        PosteriorProblem problem,
        IDataStep dataStep,
        int[] levels,
        Tensor? start,
        NoiseSource noise,
        IProgress<AnnealedProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var schedule = _prior.Schedule;
        var scale = ChannelScale.MeanSquare(_prior.Transform, problem.Device);
        var precision = problem.AmplitudeNoise * problem.AmplitudeNoise / scale;
        var x = start is null
            ? noise.Next()
            : schedule.AddNoise(_prior.Transform.ToChannels(Gauge.Fix(start)), noise.Next(), levels[0]);
        Tensor? objects = null;
        for (var i = 0; i < levels.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var level = levels[i];
            var sigma = schedule.Sigma(level);
            var denoised = _prior.Transform.Clip(_prior.Denoise(x, level));
            var next = dataStep.Solve(
                _prior.Transform.ToObject(denoised),
                new PriorPull(
                    precision * Options.Coupling * Math.Pow(sigma, -Options.CouplingExponent),
                    precision * Options.Roughness
                ),
                Options.DataIterations,
                Options.Momentum
            );
            objects?.Dispose();
            objects = step.MoveToOuter(next);
            if (i + 1 < levels.Length)
            {
                var moved = StepDown(x, Channels(next, denoised), level, levels[i + 1], noise);
                x.Dispose();
                x = step.MoveToOuter(moved);
            }
            progress?.Report(new AnnealedProgress(i + 1, levels.Length, level, sigma));
        }
        return objects!;
    }

    /// <summary>Channels of an object, each phase on the branch nearest to the prior's where the transform has one.</summary>
    private Tensor Channels(Tensor objects, Tensor denoised) =>
        _prior.Transform is IPhaseBranch branch
            ? branch.ToChannels(objects, branch.Phase(denoised))
            : _prior.Transform.ToChannels(objects);

    /// <summary>√ᾱ' x̂₀ + √(1−ᾱ')(√(1−η) ε' + √η z), ε' the noise that x holds around x̂₀.</summary>
    private Tensor StepDown(Tensor x, Tensor sample, int level, int next, NoiseSource noise)
    {
        var schedule = _prior.Schedule;
        var fresh = noise.Next();
        if (Options.FreshNoise < 1)
        {
            var alphaBar = schedule.AlphaBar(level);
            var kept = (x - sample * Math.Sqrt(alphaBar)) / Math.Sqrt(1 - alphaBar);
            fresh = kept * Math.Sqrt(1 - Options.FreshNoise) + fresh * Math.Sqrt(Options.FreshNoise);
        }
        return schedule.AddNoise(sample, fresh, next);
    }
}
