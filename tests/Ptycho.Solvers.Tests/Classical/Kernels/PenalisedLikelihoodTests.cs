using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Kernels;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>The gradient against finite differences along random directions.</summary>
public class PenalisedLikelihoodTests
{
    [Test]
    public void TheGradientIsTheSlope(
        [Values] NoiseModel noise,
        [Values("whole", "fractions", "modes")] string variant,
        [Values(null, 0.1)] double? edge
    )
    {
        var measurement = Simulate(variant);
        var plan = new ScanPlan(measurement);
        var state = new ProbeState(plan, measurement.Probe, 1, ObjectWeighting.Gradient);
        var options = new MaximumLikelihoodOptions
        {
            Noise = noise,
            Edge = edge,
            Refinement = new(),
        };
        using var likelihood = new PenalisedLikelihood(plan, state, options, 0.1);
        var (point, gradient, other) = (
            new AlignedBuffer(likelihood.Length),
            new AlignedBuffer(likelihood.Length),
            new AlignedBuffer(likelihood.Length)
        );
        var random = new Random(5);
        plan.Load(RandomField(random, 1), Planes.Of(point, plan.PlaneLength));
        state.Target.Span.CopyTo(point.Span[(2 * plan.PlaneLength)..]);
        const double lambda = 0.05;
        foreach (var ofProbe in (bool[])[false, true])
        {
            var direction = Direction(plan, state, likelihood.Length, random, ofProbe);
            likelihood.Evaluate(point, gradient, lambda, true, false);
            var slope = LbfgsMemory.Dot(gradient.Span, direction);
            var step = 2e-3;
            var difference = (At(step) - At(-step)) / (2 * step);
            Assert.That(difference, Is.EqualTo(slope).Within(1).Percent, ofProbe ? "probe" : "object");

            double At(double s)
            {
                for (var i = 0; i < direction.Length; i++)
                    other.Span[i] = (float)(point.Span[i] + s * direction[i]);
                return likelihood.Evaluate(other, new AlignedBuffer(likelihood.Length), lambda, true, false);
            }
        }
    }

    private static float[] Direction(ScanPlan plan, ProbeState state, int length, Random random, bool ofProbe)
    {
        var buffer = new AlignedBuffer(length);
        if (!ofProbe)
        {
            plan.Load(RandomField(random, 0), Planes.Of(buffer, plan.PlaneLength));
            return buffer.Span.ToArray();
        }

        // As large as the probe, and with no values where it has none.
        var target = buffer.Span[(2 * plan.PlaneLength)..];
        for (var i = 0; i < target.Length; i++)
            target[i] = 0.3f * state.Target.Span[i] * (1 + random.NextSingle());
        return buffer.Span.ToArray();
    }

    private static ComplexField RandomField(Random random, float mean)
    {
        var field = new ComplexField(30, 34);
        for (var i = 0; i < field.Length; i++)
            (field.Real[i], field.Imaginary[i]) = (mean + 0.5f * random.NextSingle(), 0.5f * random.NextSingle());
        return field;
    }

    private static Measurement Simulate(string variant)
    {
        var first = SyntheticProbes.SoftDisk(16, 18, 9, 2, 0.03).Modes[0];
        var second = SyntheticProbes.SoftDisk(16, 18, 7, 3, -0.05).Modes[0];
        var probe = Probe.FromModes(variant == "modes" ? [first, second] : [first]);
        var scan = RasterScan.Overhanging(30, 34, 16, 18, 6);
        if (variant == "fractions")
            scan = scan.Jittered(1, 3);
        return DiffractionSimulator.Simulate(RandomField(new Random(1), 0.7f), probe, scan, 1000, 1);
    }
}
