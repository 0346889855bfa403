using Ptycho.Diffusion.Options;
using Ptycho.Diffusion.Training.Optimisation;
using Ptycho.Diffusion.Training.Rates;

namespace Ptycho.Diffusion.Training;

/// <summary>How a network is trained. Anything but the network's shape may change when a run is resumed.</summary>
public sealed record TrainerOptions
{
    /// <summary>Steps of the whole run, counted from the very first, at least 1; 10,000 by default.</summary>
    public long Steps
    {
        get;
        init => field = OptionChecks.AtLeast(1L, value, nameof(Steps));
    } = 10_000;

    /// <summary>The seed of levels and noise; batches have the seed of their source.</summary>
    public ulong Seed { get; init; }

    /// <summary>The learning rate; 4e-4 after a warm-up of 500 steps by default.</summary>
    public ILearningRate LearningRate
    {
        get;
        init => field = OptionChecks.NotNull(value, nameof(LearningRate));
    } = new WarmupRate(500, new ConstantRate(4e-4));

    /// <summary>The optimiser's numbers.</summary>
    public AdamWOptions Optimiser
    {
        get;
        init => field = OptionChecks.NotNull(value, nameof(Optimiser));
    } = new();

    /// <summary>Batches whose gradients are averaged into one step, 1…256; 1 by default.</summary>
    public int Accumulation
    {
        get;
        init => field = OptionChecks.Between(1, 256, value, nameof(Accumulation));
    } = 1;

    /// <summary>The gradient's largest Euclidean norm over all parameters, above 0; null does not clip. 1 by default.</summary>
    public double? GradientClip
    {
        get;
        init => field = value is { } clip ? OptionChecks.Positive(clip, nameof(GradientClip)) : null;
    } = 1;

    /// <summary>Decay of the averaged weights, at least 0 and below 1; .9995 by default.</summary>
    public double EmaDecay
    {
        get;
        init => field = OptionChecks.Fraction(value, nameof(EmaDecay));
    } = 0.9995;

    /// <summary>Steps between reports and log lines, at least 1; 50 by default.</summary>
    public int ReportEvery
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(ReportEvery));
    } = 50;

    /// <summary>Steps between validations, at least 1; 500 by default.</summary>
    public int ValidateEvery
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(ValidateEvery));
    } = 500;

    /// <summary>Steps between checkpoints, at least 1; 500 by default.</summary>
    public int CheckpointEvery
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(CheckpointEvery));
    } = 500;

    /// <summary>Checkpoints that are kept, at least 1; 2 by default.</summary>
    public int KeepCheckpoints
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(KeepCheckpoints));
    } = 2;

    /// <summary>
    /// Where checkpoints and log.jsonl go; a run resumes from what it finds there. Null keeps nothing.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Batches that are prepared ahead, at least 0; 4 by default.</summary>
    public int Prefetch
    {
        get;
        init => field = OptionChecks.AtLeast(0, value, nameof(Prefetch));
    } = 4;
}
