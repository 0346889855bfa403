using System.Numerics;
using Ptycho.IO;
using Ptycho.Physics.Randomness;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>Whole sweeps of rPIE, with probe and momentum, against plain loops in double precision.</summary>
public sealed class RpieDefinitionTests
{
    private const double Alpha = 0.4;
    private const double Gamma = 0.6;
    private const double Beta = 0.8;
    private const int Sweeps = 3;

    [Test]
    public void SweepsAreThoseOfTheFormulas(
        [Values("13x11 fractions", "16x12 mask border", "12x16 modes")] string name,
        [Values(null, 0, 1)] int? refinedFrom,
        [Values(0, 1, 3)] int period,
        [Values] FrameOrder order
    )
    {
        var scene = new PlainScene(name.Split(' ')[0], name);
        var options = new RpieOptions
        {
            InitialObject = scene.Image,
            Alpha = Alpha,
            Gamma = Gamma,
            Order = order,
            Seed = 5,
            Stop = new StopRules { Iterations = Sweeps },
            Refinement = refinedFrom is { } start
                ? new()
                {
                    StartIteration = start,
                    Beta = Beta,
                    Gamma = 0.5,
                }
                : null,
            Momentum =
                period > 0
                    ? new()
                    {
                        Period = period,
                        ObjectFriction = 0.7,
                        ProbeFriction = 0.4,
                    }
                    : null,
        };
        var result = new RpieSolver(options).Solve(scene.Measurement);
        var (plain, residuals) = Plain(scene, options, refinedFrom);
        Assert.That(result.ResidualHistory, Is.EqualTo(residuals).Within(2e-4));
        PlainScan.AssertSame(result.Object, plain.Image, 1e-3, "object");
        PlainScan.AssertSameModes(result.Probe, plain.Probe, 1e-3);
    }

    private static (PlainScan Scan, double[] Residuals) Plain(PlainScene scene, RpieOptions options, int? refinedFrom)
    {
        var plain = new PlainScan(scene.Measurement, scene.Image);
        var random = new StableRandom(options.Seed);
        var residuals = new double[Sweeps];
        var objectMomentum = new Velocity(plain.Image, options.Momentum?.ObjectFriction ?? 0);
        var probeMomentum = plain.Probe.Select(p => new Velocity(p, options.Momentum?.ProbeFriction ?? 0)).ToArray();
        var updates = 0;
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            int[] frames = [0, 1, 2, 3];
            if (options.Order == FrameOrder.Random)
                random.Permute(frames);
            var (misfit, joint) = (0.0, sweep >= refinedFrom);
            foreach (var frame in frames)
            {
                var (error, step) = plain.Step(frame);
                misfit += error;
                var probeStep = plain.ProbeStep(step, frame, Beta, 0.5);
                plain.AddToObject(plain.Image, step, frame, Alpha, Gamma);
                if (joint)
                    for (var m = 0; m < plain.Probe.Length; m++)
                        Add(plain.Probe[m], probeStep[m]);
                if (options.Momentum is not { } momentum || ++updates < momentum.Period)
                    continue;
                updates = 0;
                objectMomentum.Step();
                foreach (var velocity in joint ? probeMomentum : [])
                    velocity.Step();
            }

            residuals[sweep] = Math.Sqrt(misfit / Energy(scene));
        }

        return (plain, residuals);
    }

    private static double Energy(PlainScene scene)
    {
        var (data, sum) = (scene.Measurement.Data, 0.0);
        for (var i = 0; i < data.Values.Length; i++)
        {
            var (frame, pixel) = (i / (data.Height * data.Width), i % (data.Height * data.Width));
            var w = (data.Mask?.PixelWeights[pixel] ?? 1.0) * (data.Mask?.FrameWeight(frame) ?? 1);
            sum += w > 0 ? w * data.Values[i] : 0;
        }

        return sum;
    }

    private static void Add(Complex[,] target, Complex[,] step)
    {
        for (var row = 0; row < target.GetLength(0); row++)
        for (var column = 0; column < target.GetLength(1); column++)
            target[row, column] += step[row, column];
    }

    // v ← η v + (o − o_T), o ← o + η v.
    private sealed class Velocity(Complex[,] plane, double friction)
    {
        private readonly Complex[,] _velocity = new Complex[plane.GetLength(0), plane.GetLength(1)];
        private Complex[,] _last = (Complex[,])plane.Clone();

        internal void Step()
        {
            for (var row = 0; row < plane.GetLength(0); row++)
            for (var column = 0; column < plane.GetLength(1); column++)
            {
                var v = friction * _velocity[row, column] + plane[row, column] - _last[row, column];
                (_velocity[row, column], plane[row, column]) = (v, plane[row, column] + friction * v);
            }

            _last = (Complex[,])plane.Clone();
        }
    }
}
