using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Physics.Validation;
using Ptycho.Solvers.Classical;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// Crops of objects, measured in simulation under one probe and one scan, and reconstructed by AWF: the training pairs of
/// a post-processing network (Cam et al., arXiv:2502.18767, section IV).
/// </summary>
public sealed class AwfPairSource : IPairSource
{
    private const ulong NoisePurpose = 0x9E3779B97F4A7C15;
    private readonly ICropSource _crops;
    private readonly Probe _probe;
    private readonly ScanPattern _scan;
    private readonly AwfOptions _awf;
    private readonly double _peakCounts;
    private readonly ulong _seed;
    private readonly AwfSolver _solver;

    /// <summary>Names the conditions of the pairs.</summary>
    /// <param name="crops">Where objects come from; pair i is of crop i.</param>
    /// <param name="size">Pixels on an object's side, at least the probe's.</param>
    /// <param name="probe">The illumination.</param>
    /// <param name="scan">Positions of the windows, pixels.</param>
    /// <param name="awf">AWF's options; 300 iterations on one thread if not given.</param>
    /// <param name="peakCounts">Expected counts of the brightest pixel, above 0.</param>
    /// <param name="seed">Seed of the counts.</param>
    /// <exception cref="ArgumentException">The options start from an object or refine the probe.</exception>
    public AwfPairSource(
        ICropSource crops,
        int size,
        Probe probe,
        ScanPattern scan,
        AwfOptions? awf = null,
        double peakCounts = 1e5,
        ulong seed = 0
    )
    {
        ArgumentNullException.ThrowIfNull(crops);
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(scan);
        _crops = crops;
        Size = Require.AtLeast(size, Math.Max(probe.Height, probe.Width), nameof(size));
        (_probe, _scan, _seed) = (probe, scan, seed);
        // Pairs are made several at a time, each on one thread.
        _awf = StoredAwf.RequirePlain(awf ?? new AwfOptions(), nameof(awf)) with
        {
            Threads = 1,
        };
        _peakCounts = Require.Positive(peakCounts, nameof(peakCounts));
        _solver = new AwfSolver(_awf);
        Identity = Describe();
    }

    /// <inheritdoc />
    public int Size { get; }

    /// <inheritdoc />
    public string Identity { get; }

    /// <inheritdoc />
    public ReconstructionPair Create(ulong index, CancellationToken cancellationToken = default)
    {
        var truth = _crops.Sample(index, Size).Field;
        var noise = _seed + (index + 1) * NoisePurpose;
        var measurement = DiffractionSimulator.Simulate(truth, _probe, _scan, _peakCounts, noise);
        var found = _solver.Solve(measurement, progress: null, cancellationToken).Object;
        PhaseGauge.Fix(found);
        // The network need not guess a phase that the data leave free.
        var phase = Complex.Conjugate(ReconstructionMetrics.GlobalPhase(found, truth));
        var target = new ComplexField(Size, Size);
        for (var row = 0; row < Size; row++)
        for (var column = 0; column < Size; column++)
            target[row, column] = phase * truth[row, column];
        return new ReconstructionPair(found, target);
    }

    /// <summary>A hash of the conditions and of the first crop, which stands for the source of crops.</summary>
    private string Describe()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in _probe.Modes.Append(_crops.Sample(0, Size).Field))
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(field.Real));
            hash.AppendData(MemoryMarshal.AsBytes<float>(field.Imaginary));
        }
        double[] positions = [.. _scan.SelectMany(p => new[] { p.Row, p.Column })];
        hash.AppendData(MemoryMarshal.AsBytes<double>(positions));
        var text = FormattableString.Invariant($"{StoredAwf.Write(_awf)} {_peakCounts:R} {_seed} {Size}");
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
