using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;

namespace Ptycho.Benchmarks.Classical;

/// <summary>A measurement and what AWF and rPIE make of it in a few iterations, for another program to repeat.</summary>
internal static class ClassicalReference
{
    private const int Iterations = 3;

    public static void Write(string path, string scene)
    {
        var measurement = string.Equals(scene, "large", StringComparison.Ordinal)
            ? ClassicalScene.Large()
            : ClassicalScene.Small();
        var data = measurement.Data;
        var awf = new AwfSolver(ClassicalSolvers.Awf(Iterations, threads: 0)).Solve(measurement);
        var rpie = new RpieSolver(ClassicalSolvers.Rpie(Iterations)).Solve(measurement);
        NpzFile.Write(
            path,
            new Dictionary<string, NumericArray>(StringComparer.Ordinal)
            {
                ["probe"] = Array(measurement.Probe.Modes[0]),
                ["amplitudes"] = NumericArray.Create<float>(
                    data.ToAmplitudes(),
                    data.FrameCount,
                    data.Height,
                    data.Width
                ),
                ["positions"] = NumericArray.Create<float>(
                    measurement.Positions.SelectMany(p => new[] { (float)p.Row, (float)p.Column }).ToArray(),
                    data.FrameCount,
                    2
                ),
                ["awf"] = Array(awf.Object),
                ["rpie"] = Array(rpie.Object),
            }
        );
    }

    private static NumericArray Array(ComplexField field) => NumericArray.FromComplexField(field);
}
