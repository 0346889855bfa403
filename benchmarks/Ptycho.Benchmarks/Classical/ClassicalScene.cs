using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Benchmarks.Classical;

/// <summary>The measurements that the classical solvers are timed on.</summary>
internal static class ClassicalScene
{
    /// <summary>32×32 probe, 128×128 object, 49 positions.</summary>
    public static Measurement Small() => Measure(SyntheticProbes.StandardH(), 128, 16);

    /// <summary>128×128 probe, 512×512 object, 400 positions.</summary>
    public static Measurement Large() => Measure(LargeProbe(), 512, 21);

    /// <summary>The 32×32 probe on a square raster of n×n positions, 16 pixels apart.</summary>
    public static Measurement Square(int n) => Measure(SyntheticProbes.StandardH(), 16 * (n - 1) + 32, 16);

    // Neither even nor smooth: far fields of a constant start would be rounding noise at places, and differ by program.
    private static Probe LargeProbe()
    {
        var field = SyntheticProbes.SoftDisk(128, 128, 60, 1, 0.004).Modes[0];
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var (y, x) = ((row - 61.2) / 32, (column - 65.9) / 32);
            var phase = 0.35 * (2 * (x * x - y * y) + 1.5 * x * y + (3 * x - 2 * y) * (x * x + y * y));
            field[row, column] *= Complex.FromPolarCoordinates(1, phase);
        }

        return Probe.FromField(field);
    }

    private static Measurement Measure(Probe probe, int size, int step)
    {
        // A piece repeated: what is on the object does not change the work.
        const int Piece = 512;
        var piece = BloodSmearPhantom.Create(Math.Min(size, Piece), Math.Min(size, Piece), seed: 6);
        var truth = new ComplexField(size, size);
        for (var row = 0; row < size; row++)
        for (var column = 0; column < size; column++)
            truth[row, column] = piece[row % Piece, column % Piece];
        var scan = RasterScan.Clamped(size, size, probe.Height, probe.Width, step);
        return DiffractionSimulator.Simulate(truth, probe, scan, 1e5, seed: 7);
    }
}
