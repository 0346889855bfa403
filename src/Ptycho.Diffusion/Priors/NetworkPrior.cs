using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Diffusion.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Priors;

/// <summary>
/// A prior that asks a network. It owns the network: disposing of the prior disposes of it. The network is put in
/// evaluation mode and its parameters no longer ask for gradients; x̂₀ is still differentiable with respect to x.
/// Several threads may ask at once.
/// </summary>
public sealed class NetworkPrior : IVariancePrior, IDifferentiablePrior, IDisposable
{
    private readonly LevelScalars?[] _scalars;

    /// <summary>A prior over a network.</summary>
    /// <param name="network">The network; the prior owns it from now on.</param>
    /// <param name="schedule">The schedule that it was trained with.</param>
    /// <param name="transform">The map between objects and channels.</param>
    /// <param name="prediction">What the network predicts.</param>
    /// <param name="description">The gauge rule and notes; defaults if not given.</param>
    /// <exception cref="ArgumentException">The network does not take the transform's two channels.</exception>
    public NetworkPrior(
        ScoreNetwork network,
        NoiseSchedule schedule,
        IDataTransform transform,
        Prediction prediction,
        PriorDescription? description = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(prediction);
        if (network.Channels != 2)
            throw new ArgumentException(
                $"A prior of complex objects needs a network of 2 channels; this one has {network.Channels}.",
                nameof(network)
            );
        Network = network;
        Schedule = schedule;
        Transform = transform;
        Prediction = prediction;
        Description = description ?? new PriorDescription();
        _scalars = new LevelScalars?[schedule.Steps + 1];
        network.eval();
        foreach (var parameter in network.parameters())
            parameter.requires_grad_(false);
    }

    /// <summary>The network.</summary>
    public ScoreNetwork Network { get; }

    /// <inheritdoc/>
    public NoiseSchedule Schedule { get; }

    /// <inheritdoc/>
    public IDataTransform Transform { get; }

    /// <inheritdoc/>
    public ObjectSymmetry Symmetry => Description.Symmetry;

    /// <summary>What the network predicts.</summary>
    public Prediction Prediction { get; }

    /// <summary>The gauge rule and notes.</summary>
    public PriorDescription Description { get; }

    /// <inheritdoc/>
    public bool LearnsVariance => Network.LearnsVariance;

    /// <summary>
    /// Reads a prior from a safetensors file. Where its folder has a SHA256SUMS that lists it, it must be that file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the network goes; the CPU if not given.</param>
    /// <param name="precision">The arithmetic of its convolutions.</param>
    /// <param name="architectures">Architectures by name; the library's own if not given.</param>
    /// <exception cref="InvalidDataException">The file is not a prior, not the one that SHA256SUMS lists, or a key is missing, unexpected or of a wrong
    /// shape; the message names the file and the key.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static NetworkPrior Load(
        string path,
        Device? device = null,
        ComputePrecision precision = ComputePrecision.Float32,
        NetworkArchitectures? architectures = null
    ) => PriorFile.Read(path, device, precision, architectures ?? NetworkArchitectures.Standard);

    /// <summary>Writes the prior, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="storage">float32, or float16 at half the size.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, WeightStorage storage = WeightStorage.Float32) =>
        PriorFile.Write(path, Network, Schedule, Transform, Prediction, Description, storage);

    /// <inheritdoc/>
    public Tensor Denoise(Tensor x, int level)
    {
        using var scope = NewDisposeScope();
        var output = Ask(x, level);
        if (LearnsVariance)
            output = output.narrow(1, 0, Network.Channels);
        return At(level).Denoise(x, output).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public VarianceEstimate DenoiseWithVariance(Tensor x, int level)
    {
        if (!LearnsVariance)
            throw new InvalidOperationException("This prior's network does not learn the variance.");
        using var scope = NewDisposeScope();
        var output = Ask(x, level);
        var sample = At(level).Denoise(x, output.narrow(1, 0, Network.Channels));
        var weight = (output.narrow(1, Network.Channels, Network.Channels) + 1) / 2;
        return new VarianceEstimate(sample.MoveToOuterDisposeScope(), weight.MoveToOuterDisposeScope());
    }

    /// <summary>Disposes of the network.</summary>
    public void Dispose()
    {
        Network.Dispose();
        foreach (var scalars in _scalars)
            scalars?.Dispose();
    }

    private Tensor Ask(Tensor x, int level)
    {
        ArgumentNullException.ThrowIfNull(x);
        var scalars = At(level);
        var shape = x.shape;
        var time = full(shape.Length > 0 ? shape[0] : 1, scalars.Time, dtype: ScalarType.Float32, device: x.device);
        return Network.forward(scalars.Input is null ? x : x.mul(scalars.Input), time);
    }

    private LevelScalars At(int level)
    {
        if (level < 1 || level > Schedule.Steps)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"The level must be 1…{Schedule.Steps}.");
        if (_scalars[level] is { } known)
            return known;
        var made = new LevelScalars(level, Prediction.At(Schedule, level));
        if (Interlocked.CompareExchange(ref _scalars[level], made, null) is not { } first)
            return made;
        made.Dispose();
        return first;
    }
}
