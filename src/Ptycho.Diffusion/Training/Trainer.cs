using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Training.Objectives;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training;

/// <summary>
/// Trains any network on any objective: AdamW, a learning rate by step, gradient clipping and accumulation, averaged
/// weights, validation, checkpoints. All that a step draws is a function of (seed, step), and a checkpoint holds all the
/// rest, so a run that was killed and resumed ends, on the CPU with the same number of threads, with the same bits as an
/// unbroken one.
/// One run at a time, on one thread; the network must not be used elsewhere meanwhile.
/// </summary>
public sealed class Trainer
{
    private readonly TrainerSetup setup;
    private int running;

    /// <summary>Brings together what a run needs.</summary>
    /// <param name="network">The network; its parameters are changed in place. It is not owned.</param>
    /// <param name="objective">The loss, which uses the same network.</param>
    /// <param name="batches">The training data.</param>
    /// <param name="options">How to train.</param>
    /// <param name="validator">Measures the network now and then; optional.</param>
    /// <param name="export">
    /// Called after every checkpoint, and at the end, with the steps taken, while the network holds the averaged weights:
    /// the moment to save it for use or to draw samples. Optional.
    /// </param>
    /// <param name="logger">Receives what happens; optional.</param>
    public Trainer(
        nn.Module network,
        ITrainingObjective objective,
        IBatchSource batches,
        TrainerOptions options,
        IValidator? validator = null,
        Action<long>? export = null,
        ILogger<Trainer>? logger = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(options);
        setup = new TrainerSetup(
            network,
            objective,
            batches,
            options,
            validator,
            export,
            logger ?? NullLogger<Trainer>.Instance
        );
    }

    /// <summary>
    /// Trains to the end, from the newest checkpoint in the folder if there is one. When it returns, the network holds the
    /// trained weights; the averaged ones are what the export sees.
    /// </summary>
    /// <param name="progress">Told every <see cref="TrainerOptions.ReportEvery"/> steps.</param>
    /// <param name="cancellationToken">Ends the run after the current step, with a checkpoint.</param>
    /// <exception cref="InvalidDataException">The folder's newest checkpoint is damaged or of another network.</exception>
    /// <exception cref="IOException">
    /// The folder cannot be written to, which is tried before the first step, or the disk is full: checkpoints before stay.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or gradient is not finite.</exception>
    /// <exception cref="InvalidOperationException">The trainer is running already.</exception>
    public TrainingOutcome Run(
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (Interlocked.Exchange(ref running, 1) != 0)
            throw new InvalidOperationException(
                "This trainer is running already, on another thread or in a callback of its own; one run at a time."
            );
        try
        {
            using var session = new TrainingSession(setup);
            return session.Run(progress, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }
}
