using System.Diagnostics;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>
/// Reconstruction of a far-field measurement with a prior by the annealed sampler: amplitude likelihood, warm start,
/// and the mean over chains as the estimate.
/// </summary>
public sealed class AnnealedSolver : IReconstructionSolver
{
    private readonly AnnealedSampler _sampler;
    private readonly Device _device;

    /// <summary>A solver over a prior, which stays the caller's.</summary>
    /// <param name="prior">The prior, on the device given.</param>
    /// <param name="options">The options; <see cref="AnnealedOptions.Default"/> if not given.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    public AnnealedSolver(IPrior prior, AnnealedOptions? options = null, Device? device = null)
    {
        _sampler = new AnnealedSampler(prior, options);
        _device = device ?? CPU;
    }

    /// <inheritdoc />
    public string Name => "Annealed";

    /// <inheritdoc />
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        using var forward = new PtychographyOperator(measurement, _device);
        using var likelihood = new AmplitudeLikelihood(measurement.Data, _device);
        var problem = new PosteriorProblem(forward, likelihood, NoiseLevel.Of(measurement)) { Device = _device };
        using IDataStep dataStep =
            _device.type == DeviceType.CPU
                ? new ManagedDataStep(measurement, get_num_threads())
                : new ProximalDataStep(problem);
        using var sample = _sampler.Run(
            problem,
            dataStep,
            start: null,
            progress is null ? null : new Relay(progress),
            cancellationToken
        );
        return ResultBuilder.Build(
            Name,
            measurement,
            forward,
            sample.Mean(),
            _sampler.Options.Levels,
            sample.NetworkEvaluations,
            sample.OperatorEvaluations,
            watch
        );
    }

    private sealed class Relay(IProgress<ReconstructionProgress> target) : IProgress<AnnealedProgress>
    {
        public void Report(AnnealedProgress value) =>
            target.Report(new ReconstructionProgress(value.Step, value.Total, double.NaN, value.Level));
    }
}
