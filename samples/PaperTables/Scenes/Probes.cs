using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Probes;

namespace Ptycho.Samples.PaperTables.Scenes;

/// <summary>The probes of the experiments by name, all of 32×32 pixels.</summary>
internal static class Probes
{
    public const string H = "H";
    public const string P1 = "P1";
    public const string ZonePlate = "ZonePlate";

    private const int Size = 32;
    private const int Fine = 256;

    /// <summary>
    /// 8.8 keV, a zone plate of 180 µm with 60 nm zones and a stop of 60 µm, the sample 250 µm behind the focus, where the
    /// beam is 0.6 µm wide: 15 of the 40 nm pixels that remain after downsampling.
    /// </summary>
    private static readonly ZonePlateOptions Optics = new()
    {
        Energy = 8800 * 1.602176634e-19,
        OutermostZoneWidth = 60e-9,
        Diameter = 180e-6,
        CentralStop = 60e-6,
        Defocus = 250e-6,
        PixelSize = 5e-9,
    };

    public static IReadOnlyList<string> Names { get; } = [H, P1, ZonePlate];

    /// <exception cref="ArgumentException">The name is not known.</exception>
    public static Probe Create(string name) =>
        name switch
        {
            H => SyntheticProbes.StandardH(),
            P1 => SyntheticProbes.StandardP1(),
            ZonePlate => Downsampled(ZonePlateProbe.Create(Fine, Optics)),
            _ => throw new ArgumentException(
                $"There is no probe '{name}', only {string.Join(", ", Names)}.",
                nameof(name)
            ),
        };

    /// <summary>The mean of each block of pixels, scaled so that the largest modulus is 1.</summary>
    internal static Probe Downsampled(Probe probe)
    {
        const int Block = Fine / Size;
        var (fine, coarse) = (probe.Modes[0], new ComplexField(Size, Size));
        for (var row = 0; row < Fine; row++)
        for (var column = 0; column < Fine; column++)
            coarse[row / Block, column / Block] += fine[row, column];
        var largest = Enumerable.Range(0, coarse.Length).Max(i => coarse[i / Size, i % Size].Magnitude);
        for (var row = 0; row < Size; row++)
        for (var column = 0; column < Size; column++)
            coarse[row, column] *= new Complex(1 / largest, 0);
        return Probe.FromField(coarse);
    }
}
