using System.Diagnostics;
using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Checkpoints;
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
    /// <exception cref="ArgumentException">The start has another shape.</exception>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite; it holds the last good object.</exception>
    public AnnealedSample Run(
        PosteriorProblem problem,
        Tensor? start = null,
        IProgress<AnnealedProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(problem);
        StartCheck.Require(start, Options.Chains, problem);
        using IDataStep dataStep =
            problem.Likelihood is IMajorizedLikelihood ? new ProximalDataStep(problem) : new SearchedDataStep(problem);
        return Run(problem, dataStep, new EnergyResidual(problem), start, progress, null, null, cancellationToken);
    }

    /// <param name="problem">The experiment.</param>
    /// <param name="dataStep">Its data step; λ is in the unit of its likelihood's curvature.</param>
    /// <param name="meter">Measures the residual.</param>
    /// <param name="start">A warm start, or null.</param>
    /// <param name="progress">Told after each level.</param>
    /// <param name="file">Where checkpoints go, or null.</param>
    /// <param name="watch">The clock that checkpoints note.</param>
    /// <param name="cancellationToken">Stops between levels; a data step that has a token of its own stops within one.</param>
    internal AnnealedSample Run(
        PosteriorProblem problem,
        IDataStep dataStep,
        IResidualMeter meter,
        Tensor? start,
        IProgress<AnnealedProgress>? progress,
        SamplerFile? file,
        Stopwatch? watch,
        CancellationToken cancellationToken
    )
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var saved = file?.Read();
        var warm = start is not null || Options.WarmStartIterations > 0;
        using var noise = new NoiseSource(Options.Seed, Options.Chains, problem);
        var loop = new AnnealedLoop(_prior, Options, problem, dataStep, meter, noise, warm);
        if (saved is null && start is null && warm)
            start = dataStep.WarmStart(
                WarmStartLength.Of(Options.WarmStartIterations, problem.Operator),
                Options.WarmStartSmoothness,
                cancellationToken
            );
        using var state = saved is null
            ? loop.Begin(start)
            : file!.Restore(() => AnnealedCheckpoint.Restore(saved, Options.Chains, problem, loop.Levels));
        if (saved is not null && dataStep is IStatefulStep learner)
            file!.Restore(() => learner.Restore(saved.Arrays));
        noise.SkipTo(saved?.Draws ?? noise.Draws);
        var before = saved?.Evaluations ?? 0;
        var timeBefore = saved?.Elapsed ?? TimeSpan.Zero;
        var written = state.Done;
        while (state.Done < loop.Levels.Length)
        {
            var cancelled = cancellationToken.IsCancellationRequested;
            if (file is not null && state.Done > written && (cancelled || file.IsDue(state.Done)))
                written = Write(state.Done);
            if (cancelled)
                throw new OperationCanceledException(cancellationToken);
            try
            {
                loop.Advance(state);
            }
            catch (OperationCanceledException)
            {
                // Within a level, which the next run does again: state and data step are as they were before it.
                if (file is not null && state.Done > written)
                    Write(state.Done);
                throw;
            }

            progress?.Report(Progress(state, loop.Levels.Length));
        }
        if (file is not null && state.Done > written)
            Write(state.Done);
        var objects = state.Objects!;
        var aligned = Gauge.Align(objects, objects[0]).MoveToOuterDisposeScope();
        return new AnnealedSample(aligned, (long)loop.Levels.Length * Options.Chains, Evaluations())
        {
            Levels = [.. state.History],
            ShareLambda = loop.ShareLambda(),
            TimeBefore = timeBefore,
        };

        long Evaluations() => before + dataStep.Evaluations + loop.Evaluations;

        int Write(int done)
        {
            var elapsed = timeBefore + (watch?.Elapsed ?? TimeSpan.Zero);
            file.Write(AnnealedCheckpoint.Take(state, dataStep as IStatefulStep, noise.Draws, Evaluations(), elapsed));
            return done;
        }
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
