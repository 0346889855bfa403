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
/// Many measurements with one solver. Without a prior (<see cref="Over"/>) several objects are solved side by side on the
/// processors. With one, the chains of many objects are denoised together, and their data steps run side by side on the CPU.
/// Each object comes out as if it had been solved alone by the same solver with the same seed: to the same bits, or within
/// the network's rounding where <see cref="BatchOptions.JoinObjects"/> holds.
/// </summary>
/// <remarks>
/// With a prior it is for solvers that ask it without gradients, as <see cref="AnnealedSolver"/>. Where the prior is on a CUDA
/// device, states travel there and back for each call, and all else stays on the CPU.
/// </remarks>
public sealed class BatchReconstruction : IBatchReconstructionSolver
{
    private readonly IPrior? _prior;
    private readonly Func<IPrior, int, IReconstructionSolver> _solver;
    private readonly Device _device;
    private readonly ILogger _logger;
    private readonly int _chains;

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
        : this(
            prior ?? throw new ArgumentNullException(nameof(prior)),
            solver is null ? throw new ArgumentNullException(nameof(solver)) : (shared, _) => solver(shared),
            1,
            options,
            device,
            logger
        ) { }

    /// <param name="prior">The prior, or null.</param>
    /// <param name="solver">Makes a solver that may use so many threads.</param>
    /// <param name="chains">Chains of each object.</param>
    /// <param name="options">How much is done at once.</param>
    /// <param name="device">Where the prior is.</param>
    /// <param name="logger">Receives warnings.</param>
    private BatchReconstruction(
        IPrior? prior,
        Func<IPrior, int, IReconstructionSolver> solver,
        int chains,
        BatchOptions? options,
        Device? device,
        ILogger? logger
    )
    {
        (_prior, _solver, _chains) = (prior, solver, chains);
        Options = options ?? new BatchOptions();
        _device = device ?? CPU;
        _logger = logger ?? NullLogger.Instance;
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
        ArgumentNullException.ThrowIfNull(prior);
        annealing ??= AnnealedOptions.Default;
        return new BatchReconstruction(
            prior,
            (shared, threads) => new AnnealedSolver(shared, annealing) { DataThreads = threads },
            annealing.Chains,
            options,
            device,
            logger
        );
    }

    /// <summary>
    /// A batch of a solver that needs nothing shared, such as <see cref="Classical.RpieSolver"/>: each object on a thread of
    /// its own. Give a solver that has threads itself, as <see cref="Classical.AwfSolver"/>, one.
    /// </summary>
    /// <param name="solver">The solver, which is used from several threads at once; stays the caller's.</param>
    /// <param name="options">How much is done at once; defaults if not given.</param>
    public static BatchReconstruction Over(IReconstructionSolver solver, BatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(solver);
        return new BatchReconstruction(null, (_, _) => solver, 0, options, null, null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BatchOutcome> SolveMany(
        IReadOnlyList<Measurement> measurements,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        BatchLedger.Require(measurements);
        var ledger = new BatchLedger(measurements.Count, progress);
        if (_prior is null)
            SideBySide(measurements, ledger, cancellationToken);
        else
            Together(_prior, measurements, ledger, cancellationToken);
        return ledger.Outcomes;
    }

    /// <summary>Objects that need not wait for each other: threads take the next one as long as there is one.</summary>
    private void SideBySide(
        IReadOnlyList<Measurement> measurements,
        BatchLedger ledger,
        CancellationToken cancellationToken
    )
    {
        if (measurements.Count == 0)
            return;
        var fitting = Math.Max(1, Options.MemoryLimit / measurements.Max(m => BatchMemory.OnProcessors(m, _chains)));
        var threads = (int)Math.Min(fitting, Math.Min(Options.ObjectsAtOnce, Options.WorkerCount));
        var next = -1;
        using var group = new BatchGroup(threads, joined: false, cancellationToken);
        group.Run([.. Enumerable.Repeat<Action>(TakeEach, Math.Min(threads, measurements.Count))], null);

        void TakeEach()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < measurements.Count; )
            {
                group.Token.ThrowIfCancellationRequested();
                SolveOne(group, _solver(null!, 1), measurements[i], i, ledger);
            }
        }
    }

    /// <summary>Objects that share a prior go down the noise levels together, a group after the other.</summary>
    private void Together(
        IPrior prior,
        IReadOnlyList<Measurement> measurements,
        BatchLedger ledger,
        CancellationToken cancellationToken
    )
    {
        var joined = Options.JoinObjects ?? _device.type != DeviceType.CPU;
        var chunks = new StateChunks(prior, _device, _logger);
        var groups = BatchMemory.Groups(
            Enumerable.Range(0, measurements.Count),
            i => BatchMemory.OnProcessors(measurements[i], _chains),
            Options.MemoryLimit,
            Options.ObjectsAtOnce
        );
        foreach (var indices in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var group = new BatchGroup(Options.WorkerCount, joined, cancellationToken);
            var threads = Math.Max(1, Options.WorkerCount / indices.Length);
            Action Work(int i) =>
                () => SolveOne(group, _solver(new SharedPrior(prior, group, i), threads), measurements[i], i, ledger);
            group.Run([.. indices.Select(Work)], chunks);
        }
    }

    private static void SolveOne(
        BatchGroup group,
        IReconstructionSolver solver,
        Measurement measurement,
        int index,
        BatchLedger ledger
    )
    {
        var steps = ledger.IsHeard ? new Relay(group, step => ledger.Step(index, step)) : null;
        BatchOutcome outcome;
        try
        {
            outcome = new BatchOutcome(index, solver.Solve(measurement, steps, group.Token), null);
        }
        catch (NumericalFailureException failure)
        {
            outcome = new BatchOutcome(index, null, failure);
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"Measurement {index}: {refused.Message}", nameof(measurement), refused);
        }
        group.Report(() => ledger.End(outcome));
    }

    private sealed class Relay(BatchGroup group, Action<ReconstructionProgress> tell)
        : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) => group.Report(() => tell(value));
    }
}
