using System.Collections.Immutable;
using System.Globalization;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>
/// The mean squared error of the noise, whatever the network predicts, over fixed samples, fixed levels spread evenly on
/// 1…N, and fixed noise: ‖ε̂ − ε‖² = ᾱ/(1−ᾱ)·‖x̂₀ − x₀‖², with x̂₀ unclipped. Also by range of levels.
/// </summary>
public sealed class DiffusionValidator : IValidator
{
    private const ulong NoisePurpose = 0x76_616C;
    private readonly ScoreNetwork network;
    private readonly NoiseSchedule schedule;
    private readonly Prediction prediction;
    private readonly TrainingBatch samples;
    private readonly DiffusionValidatorOptions options;

    /// <summary>Validates a network on samples.</summary>
    /// <param name="network">The network; it is not owned.</param>
    /// <param name="schedule">The schedule it is trained with.</param>
    /// <param name="prediction">What it predicts.</param>
    /// <param name="samples">Clean samples [S, C, H, W], at least one.</param>
    /// <param name="options">Levels, batch size and bins.</param>
    /// <exception cref="ArgumentException">The samples have not four axes.</exception>
    public DiffusionValidator(
        ScoreNetwork network,
        NoiseSchedule schedule,
        Prediction prediction,
        TrainingBatch samples,
        DiffusionValidatorOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Shape.Length != 4 || samples.Shape[0] < 1)
            throw new ArgumentException(
                $"Validation samples must be [S, C, H, W] with S ≥ 1, not [{string.Join(", ", samples.Shape)}].",
                nameof(samples)
            );
        (this.network, this.schedule, this.prediction, this.samples) = (network, schedule, prediction, samples);
        this.options = options ?? new DiffusionValidatorOptions();
    }

    /// <inheritdoc />
    public ValidationResult Validate(CancellationToken cancellationToken = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var device = network.parameters().First().device;
        var all = samples.ToTensor();
        var count = checked((int)samples.Shape[0] * options.LevelsPerSample);
        var errors = new (int Level, double Error)[count];
        for (var first = 0; first < count; first += options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Measure(all, device, errors, first, Math.Min(options.BatchSize, count - first));
        }
        return new ValidationResult(errors.Average(e => e.Error), Bins(errors));
    }

    private void Measure(Tensor all, Device device, (int Level, double Error)[] errors, int first, int length)
    {
        using var scope = NewDisposeScope();
        var levels = new int[length];
        var indices = new long[length];
        for (var i = 0; i < length; i++)
        {
            // Level (item + ½)/count of the range; the items of one sample lie far apart in it.
            var item = first + i;
            var place = item % (int)samples.Shape[0] * options.LevelsPerSample + item / (int)samples.Shape[0];
            indices[i] = item % samples.Shape[0];
            levels[i] = 1 + (int)((Spread(place, errors.Length) + 0.5) / errors.Length * schedule.Steps);
        }
        var clean = all.index_select(0, tensor(indices, dtype: ScalarType.Int64)).to(device);
        var noise = StepNoise.Like(clean, SplitMix64.Key(options.Seed, NoisePurpose, (ulong)first));
        var state = schedule.AddNoise(clean, noise, levels);
        var output = network.forward(prediction.Input(schedule, state, levels), NetworkTimes.Of(levels, device));
        if (network.LearnsVariance)
            output = output.narrow(1, 0, network.Channels);
        var difference = prediction.Denoise(schedule, state, output, levels) - clean;
        var errorsOfSample = (difference * difference).mean([1, 2, 3]).cpu().data<float>().ToArray();
        for (var i = 0; i < length; i++)
        {
            var alphaBar = schedule.AlphaBar(levels[i]);
            errors[first + i] = (levels[i], errorsOfSample[i] * alphaBar / (1 - alphaBar));
        }
    }

    /// <summary>A fixed permutation of 0…count − 1 that puts neighbours far apart.</summary>
    private static int Spread(int index, int count)
    {
        var stride = Math.Max(1, (int)(count * 0.618));
        while (GreatestCommonDivisor(stride, count) != 1)
            stride++;
        return (int)((long)index * stride % count);
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private ImmutableArray<ValidationBin> Bins((int Level, double Error)[] errors)
    {
        var bins = ImmutableArray.CreateBuilder<ValidationBin>();
        for (var b = 0; b < options.Bins; b++)
        {
            var (low, high) = (schedule.Steps * b / options.Bins + 1, schedule.Steps * (b + 1) / options.Bins);
            var inside = errors.Where(e => e.Level >= low && e.Level <= high).Select(e => e.Error).ToArray();
            if (inside.Length > 0)
                bins.Add(
                    new ValidationBin(
                        string.Create(CultureInfo.InvariantCulture, $"{low}-{high}"),
                        inside.Average(),
                        inside.Length
                    )
                );
        }
        return bins.ToImmutable();
    }
}
