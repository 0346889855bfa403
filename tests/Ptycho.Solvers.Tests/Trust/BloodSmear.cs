using System.Numerics;
using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;

namespace Ptycho.Solvers.Tests.Trust;

/// <summary>The repository's own prior, and 64×64 scenes that are and are not of its kind.</summary>
internal static class BloodSmear
{
    private const int Size = 64;

    internal static NetworkPrior Prior()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "models", "blood-smear-compact.safetensors")))
            folder =
                Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("models/ is not above the tests.");
        return NetworkPrior.Load(Path.Combine(folder, "models", "blood-smear-compact.safetensors"));
    }

    internal static Measurement Measure(ComplexField truth, int overlap) =>
        DiffractionSimulator.Simulate(
            truth,
            SyntheticProbes.StandardH(),
            RasterScan.Clamped(Size, Size, 32, 32, RasterScan.StepFromOverlap(overlap / 100.0, 32)),
            1e5,
            21
        );

    internal static ComplexField Siemens() =>
        Draw((y, x) => Math.Sin(16 * Math.Atan2(y, x)) > 0 ? Complex.FromPolarCoordinates(0.4, 1) : 1);

    internal static ComplexField Step() => Draw((_, x) => Complex.FromPolarCoordinates(1, x > 0 ? 1.5 : 0));

    internal static ComplexField Blank() => Draw((_, _) => 1);

    private static ComplexField Draw(Func<double, double, Complex> value)
    {
        var field = new ComplexField(Size, Size);
        for (var y = 0; y < Size; y++)
        for (var x = 0; x < Size; x++)
            field[y, x] = value(y - (Size - 1) / 2.0, x - (Size - 1) / 2.0);
        return field;
    }
}
