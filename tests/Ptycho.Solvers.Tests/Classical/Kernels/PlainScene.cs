using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>Small scans of every kind, for comparison with <see cref="PlainScan"/>.</summary>
internal sealed class PlainScene
{
    internal const int Frames = 4;

    /// <param name="size">The window, "17x13".</param>
    /// <param name="kind">Words: fractions, border, mask, amplitudes, modes, dark.</param>
    internal PlainScene(string size, string kind)
    {
        var (height, width) = (int.Parse(size.Split('x')[0]), int.Parse(size.Split('x')[1]));
        var random = new Random(height * width);
        var border = kind.Contains("border") ? 3 : 0;
        var fraction = kind.Contains("fractions") ? 0.3 : 0;
        var (rows, columns) = (height + 9 - 2 * border, width + 9 - 2 * border);
        var positions = new ScanPattern([
            new(-border, -border),
            new(2 + fraction, 5),
            new(9 - border, 1 + fraction),
            new(9 - border, 9 - border),
        ]);
        var values = Enumerable.Range(0, Frames * height * width).Select(_ => random.NextSingle() * 9).ToArray();
        values[height * width + 5] = 0;
        var mask = kind.Contains("mask")
            ? new DetectorMask([.. Enumerable.Range(0, height * width).Select(i => i % 4 / 3f)], [1, 0.5f, 1, 1])
            : null;
        // What is not measured may hold anything.
        for (var i = 0; i < values.Length && mask is not null; i += 4)
            if (i % (height * width) % 4 == 0)
                values[i] = float.NaN;
        var unit = kind.Contains("amplitudes") ? DiffractionUnit.Amplitude : DiffractionUnit.Intensity;
        var modes = Enumerable.Range(0, kind.Contains("modes") ? 3 : 1).Select(_ => Field(random, height, width));
        Image = Field(random, rows, columns);
        Measurement = new Measurement(
            new DiffractionData(values, Frames, height, width, unit, mask: mask),
            positions,
            Probe.FromModes(modes),
            rows,
            columns
        );
    }

    internal Measurement Measurement { get; }

    internal ComplexField Image { get; }

    private static ComplexField Field(Random random, int height, int width)
    {
        var field = new ComplexField(height, width);
        for (var row = 0; row < height; row++)
        for (var column = 0; column < width; column++)
            field[row, column] = Complex.FromPolarCoordinates(0.5 + random.NextDouble(), 2 * random.NextDouble());
        return field;
    }
}
