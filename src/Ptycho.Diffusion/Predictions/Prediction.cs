using Ptycho.Diffusion.Options;
using Ptycho.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Predictions;

/// <summary>
/// What a network predicts. Every kind is linear at a level: x̂₀ = Skip·x + Output·F(Input·x), with F the network.
/// </summary>
public sealed record Prediction
{
    private readonly double _dataDeviation = 1;

    /// <summary>The kind.</summary>
    public PredictionKind Kind { get; init; }

    /// <summary>σ_data, the standard deviation of the data; only the preconditioned kind uses it. Positive.</summary>
    public double DataDeviation
    {
        get => _dataDeviation;
        init => _dataDeviation = OptionChecks.Positive(value, nameof(DataDeviation));
    }

    /// <summary>The noise ε.</summary>
    public static Prediction Epsilon => new() { Kind = PredictionKind.Epsilon };

    /// <summary>The clean sample x₀.</summary>
    public static Prediction Sample => new() { Kind = PredictionKind.Sample };

    /// <summary>v = √ᾱ·ε − √(1−ᾱ)·x₀.</summary>
    public static Prediction Velocity => new() { Kind = PredictionKind.Velocity };

    /// <summary>The score.</summary>
    public static Prediction Score => new() { Kind = PredictionKind.Score };

    /// <summary>The preconditioning of Karras et al., with the data's standard deviation.</summary>
    /// <param name="dataDeviation">σ_data, positive.</param>
    public static Prediction Preconditioned(double dataDeviation) =>
        new() { Kind = PredictionKind.Preconditioned, DataDeviation = dataDeviation };

    /// <summary>The scales of this prediction at a level.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="level">1…N.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not 1…N.</exception>
    public PredictionScales At(NoiseSchedule schedule, int level)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (level < 1 || level > schedule.Steps)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"The level must be 1…{schedule.Steps}.");
        var alphaBar = schedule.AlphaBar(level);
        var (signal, noise) = (Math.Sqrt(alphaBar), Math.Sqrt(1 - alphaBar));
        return Kind switch
        {
            PredictionKind.Epsilon => new PredictionScales(1 / signal, -noise / signal, 1, 0, 1),
            PredictionKind.Sample => new PredictionScales(0, 1, 1, 1, 0),
            PredictionKind.Velocity => new PredictionScales(signal, -noise, 1, -noise, signal),
            PredictionKind.Score => new PredictionScales(1 / signal, noise * noise / signal, 1, 0, -1 / noise),
            PredictionKind.Preconditioned => PreconditionedScales(signal, noise),
            _ => throw new InvalidOperationException($"The prediction kind {Kind} is not known."),
        };
    }

    /// <summary>What the network has to give for known data and noise, each image at its own level.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="sample">x₀, [B, C, H, W].</param>
    /// <param name="noise">ε of the same shape.</param>
    /// <param name="levels">B levels, 1…N.</param>
    /// <returns>The training target, of the shape of the sample.</returns>
    public Tensor Target(NoiseSchedule schedule, Tensor sample, Tensor noise, IReadOnlyList<int> levels)
    {
        using var scope = NewDisposeScope();
        var a = PerImage.Column(sample, levels, level => At(schedule, level).TargetSample);
        var b = PerImage.Column(sample, levels, level => At(schedule, level).TargetNoise);
        return (sample * a + noise * b).MoveToOuterDisposeScope();
    }

    /// <summary>The network's input for a batch of states, each image at its own level: Input·x.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="state">x, [B, C, H, W].</param>
    /// <param name="levels">B levels, 1…N.</param>
    /// <returns>The state itself where nothing is to be scaled, otherwise a new tensor.</returns>
    public Tensor Input(NoiseSchedule schedule, Tensor state, IReadOnlyList<int> levels)
    {
        if (Kind != PredictionKind.Preconditioned)
            return state;
        using var scope = NewDisposeScope();
        return (state * PerImage.Column(state, levels, level => At(schedule, level).Input)).MoveToOuterDisposeScope();
    }

    /// <summary>x̂₀ from the network's output, each image at its own level.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="state">x, [B, C, H, W].</param>
    /// <param name="output">The network's output for Input·x.</param>
    /// <param name="levels">B levels, 1…N.</param>
    public Tensor Denoise(NoiseSchedule schedule, Tensor state, Tensor output, IReadOnlyList<int> levels)
    {
        using var scope = NewDisposeScope();
        var skip = PerImage.Column(state, levels, level => At(schedule, level).Skip);
        var scale = PerImage.Column(state, levels, level => At(schedule, level).Output);
        return (state * skip + output * scale).MoveToOuterDisposeScope();
    }

    private PredictionScales PreconditionedScales(double signal, double noise)
    {
        var sigma = noise / signal;
        var data = DataDeviation;
        var total = sigma * sigma + data * data;
        var skip = data * data / total;
        var output = sigma * data / Math.Sqrt(total);
        return new PredictionScales(
            skip / signal,
            output,
            1 / (signal * Math.Sqrt(total)),
            (1 - skip) / output,
            -skip * sigma / output
        );
    }
}
