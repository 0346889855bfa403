using Ptycho.IO;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Posterior;

namespace Ptycho.Solvers.Tests.Posterior;

/// <summary>A small experiment: a smooth object, 64×64 unless said, under probe H.</summary>
internal sealed class Small : IDisposable
{
    internal Small(int step = 16, double peakCounts = 1e5, int width = 64)
    {
        Truth = new ComplexField(64, width);
        for (var y = 0; y < 64; y++)
        for (var x = 0; x < width; x++)
            Truth[y, x] = System.Numerics.Complex.FromPolarCoordinates(
                0.9 + 0.2 * Math.Sin(y / 5.0) * Math.Cos(x / 7.0),
                0.4 * Math.Sin((x + y) / 9.0)
            );
        Measurement = DiffractionSimulator.Simulate(
            Truth,
            SyntheticProbes.StandardH(),
            RasterScan.Clamped(64, width, 32, 32, step),
            peakCounts,
            11
        );
        Operator = new PtychographyOperator(Measurement);
        Likelihood = new AmplitudeLikelihood(Measurement.Data);
        Problem = new PosteriorProblem(Operator, Likelihood, Measurement.Data.AmplitudeNoise!.Value);
    }

    internal ComplexField Truth { get; }

    internal Measurement Measurement { get; }

    internal PtychographyOperator Operator { get; }

    internal AmplitudeLikelihood Likelihood { get; }

    internal PosteriorProblem Problem { get; }

    public void Dispose()
    {
        Operator.Dispose();
        Likelihood.Dispose();
    }
}
