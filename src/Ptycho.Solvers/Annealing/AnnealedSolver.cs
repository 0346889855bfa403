using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Trust;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>
/// Reconstruction of a far-field measurement with a prior by the annealed sampler: amplitude likelihood, warm start,
/// and the mean over chains as the estimate. The result says which pixels the data decided, and warns where the prior does
/// not fit the sample.
/// </summary>
public sealed class AnnealedSolver : IReconstructionSolver
{
    private readonly IPrior _prior;
    private readonly AnnealedSampler _sampler;
    private readonly Device _device;
    private readonly ILogger _logger;

    /// <summary>A solver over a prior, which stays the caller's.</summary>
    /// <param name="prior">The prior, on the device given.</param>
    /// <param name="options">The options; <see cref="AnnealedOptions.Default"/> if not given.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    /// <param name="logger">Receives the result's warnings; optional.</param>
    public AnnealedSolver(
        IPrior prior,
        AnnealedOptions? options = null,
        Device? device = null,
        ILogger<AnnealedSolver>? logger = null
    )
    {
        _prior = prior;
        _sampler = new AnnealedSampler(prior, options);
        _device = device ?? CPU;
        _logger = logger ?? NullLogger<AnnealedSolver>.Instance;
    }

    /// <inheritdoc />
    public string Name => "Annealed";

    /// <summary>Checkpoints of a solve, from which a later one goes on; null (the default) for none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Threads of the data step on the CPU, or null for as many as libtorch uses; the bits are the same.</summary>
    internal int? DataThreads { get; init; }

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run, or is damaged; what is named.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var watch = Stopwatch.StartNew();
        var split = FrameSplit.Choose(measurement, _sampler.Options.HeldOutFrames, _sampler.Options.Seed);
        var used = split.HeldOut.Length == 0 ? measurement : measurement.Select(split.Used);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var options = _sampler.Options;
        var likelihood = options.Likelihood.For(used.Data);
        AnnealingLog.Compares(_logger, Name, likelihood.Kind);
        var threads = DataThreads ?? get_num_threads();
        using var joint = options.Refinement is { } refinement
            ? new JointDataStep(used, refinement, likelihood, _prior.Transform, _device, threads)
            {
                CancellationToken = cancellationToken,
            }
            : null;
        using var known = joint is null ? new DataModel(used, likelihood, _device, threads) : null;
        using var sample = _sampler.Run(
            (known ?? joint!.Model).Problem,
            (IDataStep?)joint ?? known!.Step,
            (IResidualMeter?)joint ?? known!.Meter,
            start: null,
            progress is null ? null : new Relay(progress, watch),
            File(measurement),
            watch,
            cancellationToken
        );
        var found = joint is null ? measurement : joint.Found(measurement, split);
        var result = ResultBuilder.Build(
            Name,
            found,
            split,
            sample.Mean().cpu().ToField(),
            [.. sample.Levels.Select(level => level.Residual)],
            sample.Levels.Count,
            sample.NetworkEvaluations,
            sample.OperatorEvaluations,
            watch
        );
        result = result with
        {
            ComputeTime = result.ComputeTime + sample.TimeBefore,
            DataScale = joint?.DataScale ?? 1,
            Positions = options.Refinement?.Positions == true ? found.Positions : null,
        };
        var forward = (known ?? joint!.Model).Operator;
        return PriorTrust.Judge(result, sample, forward, _prior, options.PriorMismatchLimit, _logger);
    }

    private SamplerFile? File(Measurement measurement)
    {
        if (Checkpoint is null)
            return null;
        // What changes no number of the object may change between runs.
        var options = _sampler.Options with
        {
            PreviewEvery = 0,
            PriorMismatchLimit = 1,
        };
        var prior = Fingerprint.Of(_prior, measurement.ObjectHeight, measurement.ObjectWidth, _device);
        return new SamplerFile(
            Checkpoint,
            new RunIdentity(Name, options, Fingerprint.Of(measurement), ("prior", prior))
        );
    }

    private sealed class Relay(IProgress<ReconstructionProgress> target, Stopwatch watch) : IProgress<AnnealedProgress>
    {
        public void Report(AnnealedProgress value)
        {
            watch.Stop();
            target.Report(
                new ReconstructionProgress(value.Step, value.Total, value.Residual, value.Level, value.Preview)
            );
            watch.Start();
        }
    }
}
