using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Refinement;

/// <summary>Probe and positions that fit the frames best while the object stands still.</summary>
internal static class ExperimentRefiner
{
    // The classical solvers move object, probe and positions at once; this holds the object.
    private const double Still = 1e-12;

    /// <summary>
    /// The probe after some accelerated steps down the gradient of the amplitudes' misfit, with the energy of another.
    /// </summary>
    internal static Probe Probe(
        Measurement measurement,
        ComplexField obj,
        int steps,
        double energy,
        int threads,
        CancellationToken cancellationToken = default
    )
    {
        var options = new AwfOptions
        {
            InitialObject = obj,
            StepFactor = Still,
            // The solver halves the step for the object's sake, which takes none.
            Refinement = new ProbeRefinement { StartIteration = 0, Gamma = 2 },
            Stop = new StopRules { Iterations = steps },
            Threads = threads,
        };
        return WithEnergy(new AwfSolver(options).Solve(measurement, null, cancellationToken).Probe, energy);
    }

    /// <summary>The best places around the present ones, moved together so that their mean is that of the measured ones.</summary>
    /// <param name="measurement">The measurement at its present positions.</param>
    /// <param name="obj">The object.</param>
    /// <param name="measured">The positions as they were measured.</param>
    /// <param name="largestShift">How far a position may lie from its measured one on each axis, pixels.</param>
    /// <param name="firstStep">The largest step that is tried, pixels.</param>
    /// <param name="cancellationToken">Checked before every frame.</param>
    internal static ScanPattern Positions(
        Measurement measurement,
        ComplexField obj,
        ScanPattern measured,
        double largestShift,
        double firstStep,
        CancellationToken cancellationToken = default
    )
    {
        var found = PositionSearch.Run(measurement, obj, measured, largestShift, firstStep, cancellationToken);
        var rows = found.Zip(measured, (p, m) => p.Row - m.Row).Average();
        var columns = found.Zip(measured, (p, m) => p.Column - m.Column).Average();
        return Near(found.Shifted(-rows, -columns), measured, largestShift);
    }

    /// <summary>A probe scaled so that its energy is what is wanted.</summary>
    internal static Probe WithEnergy(Probe probe, double energy) =>
        JointState.Scaled(probe, Math.Sqrt(energy / probe.Energy));

    private static ScanPattern Near(ScanPattern positions, ScanPattern measured, double largestShift) =>
        new(
            positions.Zip(
                measured,
                (p, m) =>
                    new ScanPosition(
                        Math.Clamp(p.Row, m.Row - largestShift, m.Row + largestShift),
                        Math.Clamp(p.Column, m.Column - largestShift, m.Column + largestShift)
                    )
            )
        );
}
