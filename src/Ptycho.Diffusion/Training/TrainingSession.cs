using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Training.Checkpoints;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.Diffusion.Training.Optimisation;
using Ptycho.IO.Files;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training;

/// <summary>One session of a run: the state between two starts of a <see cref="Trainer"/>.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly TrainerSetup setup;
    private readonly TrainerOptions options;
    private readonly NamedTensors parameters;
    private readonly AdamW optimiser;
    private readonly ExponentialMovingAverage average;
    private readonly CheckpointFolder? folder;
    private readonly ProgressMeter meter;
    private readonly TrainingLog? log;
    private readonly long firstStep;
    private long step;
    private long savedStep = -1;

    public TrainingSession(TrainerSetup setup)
    {
        this.setup = setup;
        options = setup.Options;
        parameters = NamedTensors.Parameters(setup.Network);
        optimiser = new AdamW(parameters, options.Optimiser);
        average = new ExponentialMovingAverage(parameters, options.EmaDecay);
        try
        {
            if (options.Folder is not null)
            {
                folder = new CheckpointFolder(options.Folder, options.KeepCheckpoints);
                AtomicFile.RequireWritable(folder.PathOf(options.Steps));
                if (folder.Newest() is { } newest)
                {
                    step = TrainingCheckpoint.Read(newest, State());
                    TrainerLog.Resumed(setup.Logger, newest);
                }
                log = new TrainingLog(options.Folder, step);
            }
        }
        catch
        {
            // Moments and average lie outside every scope, and nobody else can free them.
            Dispose();
            throw;
        }
        firstStep = step;
        meter = new ProgressMeter(options.Steps, step);
    }

    public TrainingOutcome Run(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TrainerLog.Starting(setup.Logger, parameters.Elements, step, options.Steps);
        var device = parameters[0].device;
        var source = new BatchPrefetcher(setup.Batches, options.Accumulation, options.Prefetch, step, options.Steps);
        setup.Network.train();
        while (step < options.Steps && !cancellationToken.IsCancellationRequested)
        {
            var rate = options.LearningRate.At(step);
            meter.Begin();
            var (loss, norm) = Advance(source, device, rate);
            meter.End(loss, norm, rate);
            if (step % options.ReportEvery == 0 || step == options.Steps)
            {
                var report = meter.Report(step);
                log?.Report(report);
                progress?.Report(report);
            }
            if (step % options.ValidateEvery == 0 || step == options.Steps)
                Validate(cancellationToken);
            if (step % options.CheckpointEvery == 0)
                Save();
        }
        Save();
        return new TrainingOutcome(step, firstStep, step >= options.Steps, meter.LastLoss, meter.Validation);
    }

    public void Dispose()
    {
        optimiser.Dispose();
        average.Dispose();
    }

    private (double Loss, double Norm) Advance(BatchPrefetcher source, Device device, double rate)
    {
        using var scope = NewDisposeScope();
        setup.Network.zero_grad();
        var loss = 0.0;
        for (var part = 0; part < options.Accumulation; part++)
        {
            using var inner = NewDisposeScope();
            var batch = source.Next().ToTensor(device);
            var value = setup.Objective.Loss(batch, new TrainingStep(step, part, options.Accumulation, options.Seed));
            if (options.Accumulation > 1)
                value = value / options.Accumulation;
            value.backward();
            loss += value.item<float>();
        }
        var norm = GradientNorm.Of(parameters);
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
            throw new TrainingDivergedException(step, loss, norm);
        var scale = options.GradientClip is { } clip && norm > clip ? clip / norm : 1;
        optimiser.Step(step, rate, scale);
        average.Update(step);
        step++;
        return (loss, norm);
    }

    private void Validate(CancellationToken cancellationToken)
    {
        if (setup.Validator is null)
            return;
        try
        {
            var result = WithAverage(() => setup.Validator.Validate(cancellationToken));
            meter.Validated(step, result);
            log?.Validation(step, result);
            TrainerLog.Validated(setup.Logger, step, result.Score);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run ends at its loop's head, with a checkpoint.
        }
    }

    private void Save()
    {
        if (savedStep == step)
            return;
        savedStep = step;
        if (folder is not null)
        {
            var path = folder.PathOf(step);
            Write(path);
            folder.Rotate();
            TrainerLog.Saved(setup.Logger, path);
        }
        if (setup.Export is { } export)
            WithAverage(() =>
            {
                export(step);
                return 0;
            });
    }

    private void Write(string path)
    {
        try
        {
            TrainingCheckpoint.Write(path, step, setup.Description, State());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The checkpoint '{path}' could not be written: {e.Message} The ones before are whole: free space or make "
                    + "the folder writable, and the same run goes on from them.",
                e
            );
        }
    }

    private T WithAverage<T>(Func<T> use)
    {
        average.Swap();
        setup.Network.eval();
        try
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            return use();
        }
        finally
        {
            setup.Network.train();
            average.Swap();
        }
    }

    private (string Group, NamedTensors Tensors)[] State() =>
        [("model", parameters), ("average", average.Average), ("first", optimiser.First), ("second", optimiser.Second)];
}
