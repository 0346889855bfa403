using System.Diagnostics;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Guidance;

/// <summary>
/// Reconstruction of a far-field measurement by diffusion posterior sampling with time travel, the method of Cam et al.
/// (arXiv:2502.18767). With several chains the estimate is the chain that fits the data best.
/// </summary>
public sealed class DpsSolver : IReconstructionSolver
{
    private const int WarmStartIterations = 300;
    private const double WarmStartSmoothness = 1e-3;
    private readonly IPrior _prior;
    private readonly DpsSampler _sampler;
    private readonly Device _device;

    /// <summary>A solver over a prior, which stays the caller's.</summary>
    /// <param name="prior">The prior, on the device given; it must be differentiable.</param>
    /// <param name="options">The options; <see cref="DpsOptions.Paper"/> if not given.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    public DpsSolver(IPrior prior, DpsOptions? options = null, Device? device = null)
    {
        _prior = prior;
        _sampler = new DpsSampler(prior, options);
        _device = device ?? CPU;
    }

    /// <inheritdoc />
    public string Name => "DPS";

    /// <summary>Checkpoints of a solve, from which a later one goes on; null (the default) for none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

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
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var forward = new PtychographyOperator(measurement, _device);
        using var likelihood = CreateLikelihood(measurement.Data);
        var problem = new PosteriorProblem(forward, likelihood, NoiseLevel.Of(measurement)) { Device = _device };
        var norm = Math.Sqrt(measurement.Data.ToAmplitudes().Sum(a => (double)a * a));
        var file = File(measurement);
        var saved = file?.Read();
        var start =
            _sampler.Options.WarmStartSigma is null || saved is not null
                ? null
                : AmplitudeStart.Run(
                    measurement,
                    forward,
                    _device,
                    WarmStartLength.Of(WarmStartIterations, forward),
                    WarmStartSmoothness,
                    get_num_threads(),
                    cancellationToken
                );
        var objects = _sampler.Run(
            problem,
            start,
            progress is null ? null : new Relay(progress, norm, watch),
            file,
            saved,
            watch,
            cancellationToken
        );
        var best = likelihood.Energy(forward.Forward(objects)).argmin().ToInt64();
        var evaluations = (long)_sampler.NetworkEvaluations * _sampler.Options.Chains;
        var result = ResultBuilder.Build(
            Name,
            measurement,
            FrameSplit.Choose(measurement, 0, 0),
            objects[best].cpu().ToField(),
            [],
            _sampler.NetworkEvaluations,
            evaluations,
            evaluations,
            watch
        );
        return result with { ComputeTime = result.ComputeTime + (saved?.Elapsed ?? TimeSpan.Zero) };
    }

    private ILikelihood CreateLikelihood(DiffractionData data) =>
        _sampler.Options.Energy switch
        {
            GuidanceEnergy.AbsoluteNorm => new AbsoluteLikelihood(data, _device),
            GuidanceEnergy.EuclideanNorm => new AmplitudeLikelihood(data, _device),
            _ => new PoissonLikelihood(data, device: _device),
        };

    private SamplerFile? File(Measurement measurement)
    {
        if (Checkpoint is null)
            return null;
        var prior = Fingerprint.Of(_prior, measurement.ObjectHeight, measurement.ObjectWidth, _device);
        var identity = new RunIdentity(Name, _sampler.Options, Fingerprint.Of(measurement), ("prior", prior));
        return new SamplerFile(Checkpoint, identity);
    }

    private sealed class Relay(IProgress<ReconstructionProgress> target, double norm, Stopwatch watch)
        : IProgress<DpsProgress>
    {
        public void Report(DpsProgress value)
        {
            watch.Stop();
            target.Report(new ReconstructionProgress(value.Step, value.Total, value.Energy / norm, value.Level));
            watch.Start();
        }
    }
}
