using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
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
    /// <exception cref="NumericalFailureException">A value became NaN or infinite; it holds the last good object.</exception>
    public AnnealedSample Run(
        PosteriorProblem problem,
        Tensor? start = null,
        IProgress<AnnealedProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(problem);
        using var dataStep = new ProximalDataStep(problem);
        return Run(problem, dataStep, new EnergyResidual(problem), start, progress, cancellationToken);
    }

    internal AnnealedSample Run(
        PosteriorProblem problem,
        IDataStep dataStep,
        IResidualMeter meter,
        Tensor? start,
        IProgress<AnnealedProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        if (start is null && Options.WarmStartIterations > 0)
            start = dataStep.WarmStart(Options.WarmStartIterations, Options.WarmStartSmoothness, cancellationToken);
        using var noise = new NoiseSource(Options.Seed, Options.Chains, problem);
        var loop = new AnnealedLoop(_prior, Options, problem, dataStep, meter, noise, warm: start is not null);
        using var state = loop.Begin(start);
        while (state.Done < loop.Levels.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loop.Advance(state);
            progress?.Report(Progress(state, loop.Levels.Length));
        }
        var objects = state.Objects!;
        var aligned = Gauge.Align(objects, objects[0]).MoveToOuterDisposeScope();
        return new AnnealedSample(aligned, (long)loop.Levels.Length * Options.Chains, dataStep.Evaluations)
        {
            Levels = [.. state.History],
            LastLambda = loop.Lambda(loop.Levels[^1]),
        };
    }

    private AnnealedProgress Progress(AnnealedState state, int total)
    {
        var last = state.History[^1];
        var preview =
            Options.PreviewEvery > 0 && (state.Done % Options.PreviewEvery == 0 || state.Done == total)
                ? Preview(state.Objects!)
                : null;
        return new AnnealedProgress(state.Done, total, last.Level, last.Sigma, last.Residual, preview);
    }

    private static ComplexField Preview(Tensor objects)
    {
        using var scope = NewDisposeScope();
        return Gauge.Align(objects, objects[0]).mean([0]).cpu().ToField();
    }
}
