using System.Diagnostics;
using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;
using TorchSharp;
using static TorchSharp.torch;
using ResultBuilder = Ptycho.Solvers.Posterior.ResultBuilder;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// AWF followed by a U-Net that maps its result to the object (Ronneberger et al. 2015; the third baseline of Cam et al.,
/// arXiv:2502.18767). The network knows one probe and one overlap; away from them it gets worse, and nothing holds its
/// output to the data: look at the residual. Owns the network. For one thread at a time.
/// </summary>
public sealed class UNetPostProcessor : IReconstructionSolver, IDisposable
{
    private readonly AwfSolver _awf;
    private readonly AwfOptions _options;
    private readonly Device _device;

    /// <summary>Combines a trained network with the AWF whose results it was trained on.</summary>
    /// <param name="network">A network of two channels, on the device; owned from now on.</param>
    /// <param name="channels">The numbers of its channels.</param>
    /// <param name="awf">AWF's options.</param>
    /// <param name="description">What it was trained for.</param>
    /// <param name="device">Where the network is; the CPU by default.</param>
    /// <exception cref="ArgumentException">The network has other channels or learns a variance, or AWF's options start from an
    /// object, refine the probe or stop early.</exception>
    public UNetPostProcessor(
        ScoreNetwork network,
        ChannelNumbers channels,
        AwfOptions awf,
        UNetPostDescription? description = null,
        Device? device = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(awf);
        if (network.Channels != 2 || network.LearnsVariance)
            throw new ArgumentException(
                "A post-processing network has two channels and learns no variance.",
                nameof(network)
            );
        _options = StoredAwf.RequirePlain(awf, nameof(awf));
        _awf = new AwfSolver(_options);
        _device = device ?? CPU;
        Network = network;
        Channels = channels;
        Description = description ?? new UNetPostDescription();
        network.eval();
        foreach (var parameter in network.parameters())
            parameter.requires_grad_(false);
    }

    /// <inheritdoc />
    public string Name => "U-Net";

    /// <summary>The network.</summary>
    public ScoreNetwork Network { get; }

    /// <summary>The numbers of its channels.</summary>
    public ChannelNumbers Channels { get; }

    /// <summary>What it was trained for.</summary>
    public UNetPostDescription Description { get; }

    /// <summary>
    /// Reads a post-processor from a safetensors file. Where its folder has a SHA256SUMS that lists it, it must be that file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the network goes; the CPU if not given.</param>
    /// <exception cref="InvalidDataException">The file is not a post-processor, or a key is missing, unexpected or wrong; the
    /// message names the file and the key.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static UNetPostProcessor Load(string path, Device? device = null) => UNetPostFile.Read(path, device);

    /// <summary>Writes the post-processor, whole or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="description">What is stored in place of <see cref="Description"/>; optional.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, UNetPostDescription? description = null) =>
        UNetPostFile.Write(path, Network, Channels, _options, description ?? Description);

    /// <summary>
    /// What the network makes of a reconstruction. Sides that are no multiple of its size are continued by their last row
    /// and column and cut again.
    /// </summary>
    /// <param name="reconstruction">An object of AWF; left alone. Its global phase does not matter.</param>
    /// <returns>A new field, in the gauge of the reconstruction turned to arg Σf = 0.</returns>
    public ComplexField Apply(ComplexField reconstruction)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var (height, width) = (reconstruction.Height, reconstruction.Width);
        var padded = Continued(reconstruction, Network.SizeMultiple);
        PhaseGauge.Fix(padded);
        var values = new float[2 * padded.Length];
        Channels.Encode(padded, values);
        var input = tensor(values, dtype: ScalarType.Float32).reshape(1, 2, padded.Height, padded.Width).to(_device);
        var output = ResidualMap.Apply(Network, input).narrow(2, 0, height).narrow(3, 0, width);
        return Channels.Decode(output.cpu().contiguous().data<float>().ToArray(), height, width);
    }

    /// <inheritdoc />
    public ReconstructionResult Solve(
        Measurement measurement,
        IProgress<ReconstructionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var start = _awf.Solve(measurement, progress, cancellationToken);
        var watch = Stopwatch.StartNew();
        var result = ResultBuilder.Build(
            Name,
            measurement,
            FrameSplit.Choose(measurement, 0, 0),
            Apply(start.Object),
            [],
            start.Iterations,
            1,
            start.OperatorEvaluations + 1,
            watch
        );
        return result with
        {
            StopReason = start.StopReason,
            ResidualHistory = [.. start.ResidualHistory, result.Residual],
            ComputeTime = start.ComputeTime + result.ComputeTime,
        };
    }

    /// <summary>Disposes of the network.</summary>
    public void Dispose() => Network.Dispose();

    private static ComplexField Continued(ComplexField field, int multiple)
    {
        static int Up(int length, int multiple) => (length + multiple - 1) / multiple * multiple;
        var padded = new ComplexField(Up(field.Height, multiple), Up(field.Width, multiple));
        for (var row = 0; row < padded.Height; row++)
        for (var column = 0; column < padded.Width; column++)
            padded[row, column] = field[Math.Min(row, field.Height - 1), Math.Min(column, field.Width - 1)];
        return padded;
    }
}
