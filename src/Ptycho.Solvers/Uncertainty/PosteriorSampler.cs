using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Annealing;
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
    private readonly IPrior _prior;

    /// <summary>A sampler over a prior, which stays the caller's.</summary>
    public PosteriorSampler(IPrior prior, PosteriorOptions? options = null)
    {
        _prior = prior ?? throw new ArgumentNullException(nameof(prior));
        Options = options ?? new PosteriorOptions();
    }

    /// <summary>The options.</summary>
    public PosteriorOptions Options { get; }

    /// <summary>Samples of a far-field measurement with the amplitude likelihood, summarised.</summary>
    /// <param name="measurement">The data.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    /// <param name="progress">Told after each level.</param>
    /// <param name="cancellationToken">Stops between levels.</param>
    /// <exception cref="NumericalFailureException">A value became NaN or infinite.</exception>
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
        using var likelihood = new AmplitudeLikelihood(measurement.Data, device);
        var problem = new PosteriorProblem(forward, likelihood, NoiseLevel.Of(measurement)) { Device = device ?? CPU };
        return PosteriorSummary.Of(Run(problem, null, progress, cancellationToken), problem);
    }

    /// <summary>Samples of any experiment.</summary>
    /// <param name="problem">The experiment; stays the caller's.</param>
    /// <param name="start">A warm start, complex64 [1, H, W]; null runs accelerated Wirtinger flow, as the options say.</param>
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
        var samples = Draw(problem, start, progress, cancellationToken);
        return Gauge.Align(samples, samples[0]).MoveToOuterDisposeScope();
    }

    /// <summary>The samples in the phase that each has.</summary>
    internal Tensor Draw(
        PosteriorProblem problem,
        Tensor? start,
        IProgress<PosteriorProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var scale = ChannelScale.MeanSquare(_prior.Transform, problem.Device);
        var width = problem.AmplitudeNoise / Options.PriorDeviation;
        var annealed = new AnnealedOptions
        {
            Levels = Options.Levels,
            StartSigma = Options.StartSigma,
            LastSigma = Options.LastSigma,
            Power = Options.Power,
            Coupling = 1,
            CouplingExponent = 2,
            Roughness = 0,
            DataIterations = Options.LangevinSteps,
        };
        var meter = new EnergyResidual(problem);
        var parts = new List<Tensor>();
        for (var first = 0; first < Options.Chains; first += Options.LargestBatch)
        {
            var count = Math.Min(Options.LargestBatch, Options.Chains - first);
            using var noise = new NoiseSource(NoiseSource.ChainSeeds(Options.Seed, first, count), problem);
            using var langevin = new NoiseSource(
                NoiseSource.ChainSeeds(Options.Seed ^ LangevinStream, first, count),
                problem
            );
            using var dataStep = new LangevinDataStep(problem, langevin, Options.StepTime, width * width / scale);
            if (start is null && Options.WarmStartIterations > 0)
                start = dataStep.WarmStart(Options.WarmStartIterations, Options.WarmStartSmoothness, cancellationToken);
            var loop = new AnnealedLoop(_prior, annealed, problem, dataStep, meter, noise, start is not null);
            using var state = loop.Begin(start);
            while (state.Done < loop.Levels.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                loop.Advance(state);
                var residual = state.History[^1].Residual;
                progress?.Report(
                    new PosteriorProgress(first, Options.Chains, state.Done, loop.Levels.Length, residual)
                );
            }
            parts.Add(state.Objects!.cpu().clone());
        }
        return (parts.Count == 1 ? parts[0] : cat(parts)).MoveToOuterDisposeScope();
    }
}
