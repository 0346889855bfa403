using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Solvers.Tests.Classical.Tensors;

/// <summary>Small measurements of smooth objects, 24×28 pixels, that overhang on some sides.</summary>
internal static class Simulated
{
    private const int Height = 24;
    private const int Width = 28;

    /// <summary>A measurement of an object, at positions, with a probe, that all depend on the seed.</summary>
    /// <param name="seed">Changes object and counts.</param>
    /// <param name="variant">"whole", "fractions", "modes", "mask" or "all" of them.</param>
    /// <param name="moved">Pixels that the scan is moved, and a hint of a change of the probe.</param>
    public static Measurement Measure(int seed, string variant = "whole", int moved = 0)
    {
        var all = string.Equals(variant, "all", StringComparison.Ordinal);
        var first = Aberrated(SyntheticProbes.SoftDisk(12, 10, 7 + 0.1 * moved, 2, 0.03).Modes[0]);
        var second = Aberrated(SyntheticProbes.SoftDisk(12, 10, 5, 3, -0.05).Modes[0]);
        for (var i = 0; i < second.Length; i++)
            second.Imaginary[i] *= (i % 10 - 4.5f) / 5;
        var probe = Probe.FromModes(all || variant is "modes" ? [first, second] : [first]);
        var random = new Random(3 + moved);
        var positions = RasterScan.Overhanging(Height, Width, 12, 10, 5).Shifted(moved % 2, -moved % 3);
        if (all || variant is "fractions")
            positions = new ScanPattern(
                positions.Select(p => new ScanPosition(p.Row + random.NextDouble(), p.Column + random.NextDouble()))
            );
        var measurement = DiffractionSimulator.Simulate(Truth(seed), probe, positions, 1e4, (ulong)seed);
        return all || variant is "mask" ? WithMask(measurement, seed) : measurement;
    }

    // An even probe on a constant start makes exact zeros, whose phase is rounding noise: two programs then differ.
    private static ComplexField Aberrated(ComplexField field)
    {
        for (var row = 0; row < field.Height; row++)
        for (var column = 0; column < field.Width; column++)
        {
            var (y, x) = ((row - 5.1) / 4, (column - 4.8) / 4);
            var phase = 0.35 * (2 * (x * x - y * y) + 1.5 * x * y + 3 * x * (x * x + y * y) - 2 * y * (x * x + y * y));
            field[row, column] *= Complex.FromPolarCoordinates(1, phase);
        }

        return field;
    }

    private static ComplexField Truth(int seed)
    {
        var truth = new ComplexField(Height, Width);
        for (var row = 0; row < Height; row++)
        for (var column = 0; column < Width; column++)
            truth[row, column] = Complex.FromPolarCoordinates(
                0.8 + 0.2 * Math.Sin(0.3 * row + seed) * Math.Cos(0.25 * column),
                0.5 * Math.Sin(0.2 * (row + 0.7 * column) + seed)
            );
        return truth;
    }

    private static Measurement WithMask(Measurement measurement, int seed)
    {
        var data = measurement.Data;
        var pixels = Enumerable.Range(0, data.Height * data.Width).Select(i => i % 11 == seed % 11 ? 0f : 1f);
        var frames = Enumerable.Range(0, data.FrameCount).Select(k => k % 7 == 2 ? 0.5f : 1f);
        return With(measurement, new DetectorMask(pixels.ToArray(), frames.ToArray()));
    }

    /// <summary>The measurement with another mask.</summary>
    internal static Measurement With(Measurement measurement, DetectorMask mask)
    {
        var data = measurement.Data;
        var masked = new DiffractionData(
            data.Values,
            data.FrameCount,
            data.Height,
            data.Width,
            data.Unit,
            data.CountsPerUnit,
            mask
        );
        var (height, width) = (measurement.ObjectHeight, measurement.ObjectWidth);
        return new Measurement(masked, measurement.Positions, measurement.Probe, height, width);
    }
}
