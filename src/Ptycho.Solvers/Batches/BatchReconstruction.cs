using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ptycho.Diffusion.Priors;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Reconstruction;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Batches;

/// <summary>
/// Many measurements with one prior: the chains of many objects are denoised together, and the data steps of several
/// objects run side by side on the CPU. Each object comes out as if it had been solved alone by the same solver with the
/// same seed: to the same bits, or within the network's rounding where <see cref="BatchOptions.JoinObjects"/> holds.
/// </summary>
/// <remarks>
/// For solvers that ask the prior without gradients, as <see cref="AnnealedSolver"/>. Where the prior is on a CUDA device,
/// states travel there and back for each call, and all else stays on the CPU.
/// </remarks>
public sealed class BatchReconstruction
{
    private readonly IPrior _prior;
    private readonly Func<IPrior, IReconstructionSolver> _solver;
    private readonly Device _device;
    private readonly ILogger _logger;

    /// <summary>A batch of any solver with a prior.</summary>
    /// <param name="prior">The prior, on the device given; stays the caller's. It is asked from one thread.</param>
    /// <param name="solver">Makes the solver of one object around the prior given to it; called once an object.</param>
    /// <param name="options">How much is done at once; defaults if not given.</param>
    /// <param name="device">Where the prior is; the CPU by default.</param>
    /// <param name="logger">Receives warnings when a device's memory does not last; optional.</param>
    public BatchReconstruction(
        IPrior prior,
        Func<IPrior, IReconstructionSolver> solver,
        BatchOptions? options = null,
        Device? device = null,
        ILogger<BatchReconstruction>? logger = null
    )
    {
        _prior = prior ?? throw new ArgumentNullException(nameof(prior));
        _solver = solver ?? throw new ArgumentNullException(nameof(solver));
        Options = options ?? new BatchOptions();
        _device = device ?? CPU;
        _logger = logger ?? NullLogger<BatchReconstruction>.Instance;
    }

    /// <summary>How much is done at once.</summary>
    public BatchOptions Options { get; }

    /// <summary>A batch of the annealed posterior solver.</summary>
    /// <param name="prior">The prior, on the device given; stays the caller's.</param>
    /// <param name="annealing">The solver's options; <see cref="AnnealedOptions.Default"/> if not given.</param>
    /// <param name="options">How much is done at once; defaults if not given.</param>
    /// <param name="device">Where the prior is; the CPU by default.</param>
    /// <param name="logger">Receives warnings when a device's memory does not last; optional.</param>
    public static BatchReconstruction Annealed(
        IPrior prior,
        AnnealedOptions? annealing = null,
        BatchOptions? options = null,
        Device? device = null,
        ILogger<BatchReconstruction>? logger = null
    )
    {
        options ??= new BatchOptions();
        var threads = Math.Max(1, options.WorkerCount / options.ObjectsAtOnce);
        return new BatchReconstruction(
            prior,
            shared => new AnnealedSolver(shared, annealing) { DataThreads = threads },
            options,
            device,
            logger
        );
    }

    /// <summary>Reconstructs all measurements.</summary>
    /// <param name="measurements">What was measured; sizes may differ.</param>
    /// <param name="progress">Told on the calling thread after each step of each object and at its end.</param>
    /// <param name="cancellationToken">Stops all objects between their steps.</param>
    /// <returns>
    /// One outcome for each measurement, in their order. A number that is not finite ends its object alone.
    /// </returns>
    /// <exception cref="ArgumentException">A measurement is null, or it and the solver do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<BatchOutcome> Solve(
        IReadOnlyList<Measurement> measurements,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(measurements);
        for (var i = 0; i < measurements.Count; i++)
            if (measurements[i] is null)
                throw new ArgumentException($"Measurement {i} is null.", nameof(measurements));
        var outcomes = new BatchOutcome[measurements.Count];
        var finished = 0;
        var joined = Options.JoinObjects ?? _device.type != DeviceType.CPU;
        var chunks = new StateChunks(_prior, Options.StatesAtOnce, _device, _logger);
        foreach (var indices in Enumerable.Range(0, measurements.Count).Chunk(Options.ObjectsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var group = new BatchGroup(Options.WorkerCount, joined, cancellationToken);
            group.Run([.. indices.Select(i => (Action)(() => SolveOne(group, i)))], chunks);
        }
        return outcomes;

        void SolveOne(BatchGroup group, int index)
        {
            var steps = progress is null ? null : new Relay(group, step => Tell(index, step, null));
            var solver = _solver(new SharedPrior(_prior, group, index));
            BatchOutcome outcome;
            try
            {
                outcome = new BatchOutcome(index, solver.Solve(measurements[index], steps, group.Token), null);
            }
            catch (NumericalFailureException failure)
            {
                outcome = new BatchOutcome(index, null, failure);
            }
            outcomes[index] = outcome;
            group.Report(() =>
            {
                finished++;
                Tell(index, null, outcome);
            });
        }

        void Tell(int index, ReconstructionProgress? step, BatchOutcome? outcome) =>
            progress?.Report(new BatchProgress(index, step, outcome, finished, measurements.Count));
    }

    private sealed class Relay(BatchGroup group, Action<ReconstructionProgress> tell)
        : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => group.Report(() => tell(value));
    }
}
