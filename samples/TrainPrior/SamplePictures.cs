using System.Globalization;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Sampling;
using Ptycho.IO.Png;
using static TorchSharp.torch;

namespace Ptycho.Samples.TrainPrior;

/// <summary>
/// Sheets of samples while a prior is trained. They are drawn from the file that was just written, so they show what
/// somebody who loads it would get, and the network in training is left alone. The noise is the same in every sheet.
/// </summary>
internal sealed class SamplePictures(Settings settings, string priorPath)
{
    /// <summary>Draws a sheet if one is due after the export of a step.</summary>
    public void Exported(long step, CancellationToken cancellationToken)
    {
        if (!IsDue(step) || cancellationToken.IsCancellationRequested)
            return;
        using var scope = NewDisposeScope();
        using var prior = NetworkPrior.Load(priorPath, precision: settings.Precision);
        var channels = PriorSampler
            .DpmSolver(prior, settings.SampleSteps)
            .Sample(settings.SampleCount, settings.SampleSize, settings.SampleSize, (long)settings.Seed);
        var sheet = new SampleSheet
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Samples after {step:N0} steps"),
            Enlargement = Math.Max(1, 128 / settings.SampleSize),
        };
        var path = Path.Combine(settings.Output, string.Create(CultureInfo.InvariantCulture, $"samples-{step:D9}.png"));
        PngFile.Write(path, sheet.Render(channels, prior.Transform));
    }

    // Exports come at checkpoints: due is the first one at or after each multiple, and the last of all.
    private bool IsDue(long step) =>
        settings.SamplesEvery > 0
        && (
            step % settings.SamplesEvery < Math.Min(settings.Checkpoint, settings.SamplesEvery)
            || step == settings.Steps
        );
}
