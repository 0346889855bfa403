using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>
/// Draws objects from the posterior p(f | data) by decoupled annealing (DAPS, Zhang et al. 2024): at each noise level the
/// prior denoises, Langevin steps draw an object that fits both, and fresh noise of the next level is added. The samples
/// scatter as the posterior does as far as the prior's x₀ given x is Gaussian of known width; for a Gaussian prior and a
/// linear operator they are exact. They are noisier than the annealed solver's estimate: its mean is for looking, these
/// are for error bars.
/// </summary>
public sealed class PosteriorSampler
{
    // Langevin noise must not be the levels' noise.
    private const ulong LangevinStream = 0x4C41_4E47_4556_494E;
    private const ulong RefinementStream = 0x5245_4649_4E45_4453;
    private readonly IPrior _prior;

    /// <summary>A sampler over a prior, which stays the caller's.</summary>
    public PosteriorSampler(IPrior prior, PosteriorOptions? options = null)
    {
        _prior = prior ?? throw new ArgumentNullException(nameof(prior));
        Options = options ?? new PosteriorOptions();
    }

    /// <summary>The options.</summary>
    public PosteriorOptions Options { get; }

    /// <summary>
    /// Checkpoints of a run over a measurement, from which a later one goes on; null (the default) for none.
    /// </summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Samples of a far-field measurement, summarised.</summary>
    /// <param name="measurement">The data.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    /// <param name="progress">Told after each level of the samples; the start that they share is made before.</param>
    /// <param name="cancellationToken">Stops between levels; with checkpoints it writes one.</param>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run, or is damaged; what is named.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    public PosteriorSummary Run(
        Measurement measurement,
        Device? device = null,
        IProgress<PosteriorProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        using var scope = NewDisposeScope();
        using var forward = new PtychographyOperator(measurement, device);
        var noise = NoiseLevel.Of(measurement);
        using var likelihood = Options.Likelihood.Create(measurement.Data, noise, device ?? CPU);
        var problem = new PosteriorProblem(forward, likelihood, noise) { Device = device ?? CPU };
        var samples = Draw(
            problem,
            null,
            progress,
            File(measurement, problem.Device),
            cancellationToken,
            // Several times faster than the same over the operator.
            () =>
                new AnnealedSolver(_prior, Refinement(), problem.Device)
                    .Solve(measurement, null, cancellationToken)
                    .Object.ToTensor(problem.Device)
                    .unsqueeze(0)
        );
        return PosteriorSummary.Of(Gauge.Align(samples, samples[0]), problem);
    }

    /// <summary>Samples of any experiment.</summary>
    /// <param name="problem">The experiment; stays the caller's.</param>
    /// <param name="start">A warm start, complex64 [1, H, W]; null makes one, as the options say.</param>
    /// <param name="progress">Told after each level.</param>
    /// <param name="cancellationToken">Stops between levels.</param>
    /// <exception cref="ArgumentException">The start has another shape or type, or is not finite.</exception>
    /// <returns>complex64 [C, H, W], aligned in their global phase, on the CPU; the caller owns it.</returns>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite.</exception>
    public Tensor Run(
        PosteriorProblem problem,
        Tensor? start = null,
        IProgress<PosteriorProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(problem);
        StartCheck.Require(start, 1, problem);
        using var scope = NewDisposeScope();
        var samples = Draw(problem, start, progress, null, cancellationToken);
        return Gauge.Align(samples, samples[0]).MoveToOuterDisposeScope();
    }

    /// <summary>The samples in the phase that each has.</summary>
    /// <param name="problem">The experiment.</param>
    /// <param name="start">A warm start, or null.</param>
    /// <param name="progress">Told after each level.</param>
    /// <param name="file">Where checkpoints go, or null.</param>
    /// <param name="cancellationToken">Stops between levels.</param>
    /// <param name="refined">Makes the annealed solver's start, complex64 [1, H, W]; null for the way over the operator.</param>
    internal Tensor Draw(
        PosteriorProblem problem,
        Tensor? start,
        IProgress<PosteriorProgress>? progress,
        SamplerFile? file,
        CancellationToken cancellationToken,
        Func<Tensor>? refined = null
    )
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var scale = ChannelScale.MeanSquare(_prior.Transform, problem.Device);
        var width = problem.AmplitudeNoise / Options.PriorDeviation;
        var annealed = Annealed();
        var warm = start is not null || Options.WarmStartIterations > 0;
        var levels = AnnealedLoop.LevelsOf(_prior.Schedule, annealed, warm).Length;
        var meter = new EnergyResidual(problem);
        var parts = new List<Tensor>();
        var saved = file?.Read() is { } snapshot
            ? file.Restore(() => PosteriorCheckpoint.Locate(snapshot, Options, levels))
            : null;
        if (saved is not null)
        {
            if (file!.Restore(() => saved.Finished(Options, problem.Operator)) is { } finished)
                parts.Add(finished);
            start = file.Restore(() => saved.StartOf(Options, problem.Operator, problem.Device));
        }
        for (var batch = saved?.Batch ?? 0; batch < Options.Batches; batch++)
        {
            var first = batch * Options.LargestBatch;
            var count = Math.Min(Options.LargestBatch, Options.Chains - first);
            using var noise = new NoiseSource(NoiseSource.ChainSeeds(Options.Seed, first, count), problem);
            using var langevin = new NoiseSource(
                NoiseSource.ChainSeeds(Options.Seed ^ LangevinStream, first, count),
                problem
            );
            using var dataStep = new LangevinDataStep(problem, langevin, Options.StepTime, width * width / scale);
            if (start is null && warm)
                start = WarmStart(problem, dataStep, refined, cancellationToken);
            var loop = new AnnealedLoop(_prior, annealed, problem, dataStep, meter, noise, warm);
            using var state = saved is null
                ? loop.Begin(start)
                : Restore(file!, saved.Running, count, problem, loop.Levels);
            noise.SkipTo(saved?.Running.Draws ?? noise.Draws);
            langevin.SkipTo((long)state.Done * Options.LangevinSteps);
            saved = null;
            var before = batch * levels;
            var written = state.Done;
            while (state.Done < levels)
            {
                var cancelled = cancellationToken.IsCancellationRequested;
                if (file is not null && state.Done > written && (cancelled || file.IsDue(before + state.Done)))
                    Write();
                if (cancelled)
                    throw new OperationCanceledException(cancellationToken);
                loop.Advance(state);
                var residual = state.History[^1].Residual;
                progress?.Report(new PosteriorProgress(first, Options.Chains, state.Done, levels, residual));
            }
            if (file is not null && state.Done > written)
                Write();
            parts.Add(state.Objects!.cpu().clone());

            void Write()
            {
                file.Write(PosteriorCheckpoint.Take(state, before, noise.Draws, parts, start));
                written = state.Done;
            }
        }
        return (parts.Count == 1 ? parts[0] : cat(parts)).MoveToOuterDisposeScope();
    }

    /// <summary>The object that all chains start from, complex64 [1, H, W], in the caller's scope.</summary>
    private Tensor WarmStart(
        PosteriorProblem problem,
        LangevinDataStep dataStep,
        Func<Tensor>? refined,
        CancellationToken cancellationToken
    )
    {
        if (Options.WarmStartLevels == 0)
            return dataStep.WarmStart(
                WarmStartLength.Of(Options.WarmStartIterations, problem.Operator),
                Options.WarmStartSmoothness,
                cancellationToken
            );
        return refined is not null
            ? refined()
            : new AnnealedSampler(_prior, Refinement()).Run(problem, null, null, cancellationToken).Objects;
    }

    private static AnnealedState Restore(
        SamplerFile file,
        SamplerSnapshot running,
        int chains,
        PosteriorProblem problem,
        int[] levels
    ) => file.Restore(() => AnnealedCheckpoint.Restore(running, chains, problem, levels));

    private AnnealedOptions Annealed() =>
        new()
        {
            Levels = Options.Levels,
            StartSigma = Options.StartSigma,
            LastSigma = Options.LastSigma,
            Power = Options.Power,
            Coupling = 1,
            CouplingExponent = 2,
            Roughness = 0,
            SlowPhaseDegree = 0,
            DataIterations = Options.LangevinSteps,
        };

    /// <summary>How the start is made where it is the annealed solver's.</summary>
    internal AnnealedOptions Refinement() =>
        AnnealedOptions.Fast with
        {
            Levels = Options.WarmStartLevels,
            WarmStartIterations = Options.WarmStartIterations,
            WarmStartSmoothness = Options.WarmStartSmoothness,
            Seed = Options.Seed ^ RefinementStream,
        };

    private SamplerFile? File(Measurement measurement, Device device)
    {
        if (Checkpoint is null)
            return null;
        var prior = Fingerprint.Of(_prior, measurement.ObjectHeight, measurement.ObjectWidth, device);
        var identity = new RunIdentity("Posterior", Options, Fingerprint.Of(measurement), ("prior", prior));
        return new SamplerFile(Checkpoint, identity);
    }
}
