using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Randomness;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Solvers.Refinement;

namespace Ptycho.Samples.PaperTables.Refinement;

/// <summary>One way in which an experiment is known only roughly.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Refinement">What the annealed solver is told to find; null where all is known.</param>
internal sealed record RoughExperiment(string Name, JointRefinement? Refinement)
{
    /// <summary>Factor of the intensities in the case of an unknown flux.</summary>
    private const double Flux = 3.7;

    /// <summary>Largest error of a position on each axis, pixels.</summary>
    private const double PositionError = 2;

    /// <summary>Curvature taken off probe H's 8(r/10)², in its own unit: .14 rad at the edge of the core, 1 rad at the window's.</summary>
    private const double Defocus = 0.4;

    /// <summary>Noise of the probe, relative to its root mean square.</summary>
    private const double ProbeNoise = 0.1;

    private const ulong PositionSeed = 31;
    private const ulong ProbeSeed = 5;

    public static IReadOnlyList<RoughExperiment> All { get; } =
    [
        new("known", null),
        new("flux", JointRefinement.UnknownFlux),
        new("probe", new JointRefinement { Probe = true }),
        new("positions", JointRefinement.RoughPositions),
        new("all", JointRefinement.Everything),
    ];

    /// <summary>What the solvers are given.</summary>
    /// <param name="truth">The object.</param>
    /// <param name="overlap">Percent.</param>
    /// <param name="crop">The crop, which sets the errors of the positions.</param>
    /// <param name="noiseSeed">Seed of the counts.</param>
    public Measurement Measure(ComplexField truth, int overlap, int crop, ulong noiseSeed)
    {
        var probe = SyntheticProbes.StandardH();
        var believed = StandardSimulation.Raster(probe, overlap);
        var places = Places(truth, overlap, crop);
        var exact = DiffractionSimulator.Simulate(truth, probe, places, StandardSimulation.PeakCounts, noiseSeed);
        var data = exact.Data;
        var flux = Refinement?.Flux == true ? Flux : 1;
        var scaled = new DiffractionData(
            Array.ConvertAll(data.Values, v => (float)(flux * v)),
            data.FrameCount,
            data.Height,
            data.Width,
            data.Unit,
            data.CountsPerUnit / flux,
            data.Mask
        );
        var guess = Refinement?.Probe == true ? Perturbed(probe) : probe;
        return new Measurement(scaled, believed, guess, truth.Height, truth.Width);
    }

    /// <summary>Where the frames were taken.</summary>
    /// <param name="truth">The object.</param>
    /// <param name="overlap">Percent.</param>
    /// <param name="crop">The crop, which sets the errors.</param>
    public ScanPattern Places(ComplexField truth, int overlap, int crop)
    {
        var probe = SyntheticProbes.StandardH();
        var believed = StandardSimulation.Raster(probe, overlap);
        return Refinement?.Positions == true
            ? believed
                .Jittered(PositionError, PositionSeed + (ulong)crop)
                .Clamped(truth.Height, truth.Width, probe.Height, probe.Width)
            : believed;
    }

    private static Probe Perturbed(Probe probe)
    {
        var field = probe.Modes[0].Clone();
        var random = new StableRandom(ProbeSeed);
        var deviation = ProbeNoise * Math.Sqrt(probe.Energy / field.Length / 2);
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var square = Math.Pow(row - 15.5, 2) + Math.Pow(column - 15.5, 2);
            var noise = new Complex(Normal(random), Normal(random)) * deviation;
            field[row, column] = field[row, column] * Complex.FromPolarCoordinates(1, -Defocus * square / 100) + noise;
        }
        return Probe.FromField(field);
    }

    private static double Normal(StableRandom random) => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
}
