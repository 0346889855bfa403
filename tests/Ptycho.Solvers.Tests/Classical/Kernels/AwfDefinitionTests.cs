using System.Numerics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical.Kernels;

/// <summary>Accelerated Wirtinger flow, smooth or with a refined probe, against plain loops in double precision.</summary>
public sealed class AwfDefinitionTests
{
    [Test]
    public void IterationsAreThoseOfTheFormulas(
        [Values("13x11 fractions", "16x12 mask border", "12x16 modes")] string name,
        [Values] bool accelerated,
        [Values("plain", "smooth", "probe 0", "probe 2")] string variant,
        [Values(1, 2)] int threads
    )
    {
        const int iterations = 5;
        var scene = new PlainScene(name.Split(' ')[0], name);
        int? refinedFrom = variant.StartsWith('p') && variant != "plain" ? variant[^1] - '0' : null;
        var options = new AwfOptions
        {
            InitialObject = scene.Image,
            StepFactor = 0.9,
            Accelerated = accelerated,
            Smoothness = variant == "smooth" ? 0.05 : 0,
            Threads = threads,
            Stop = new StopRules { Iterations = iterations },
            Refinement = refinedFrom is { } start ? new() { StartIteration = start, Gamma = 0.8 } : null,
        };
        var result = new AwfSolver(options).Solve(scene.Measurement);
        var flow = new PlainFlow(scene, options, refinedFrom);
        for (var i = 0; i < iterations; i++)
            flow.Iterate(i);
        PlainScan.AssertSame(result.Object, flow.Image, 1e-3, "object");
        PlainScan.AssertSameModes(result.Probe, flow.Probe, 1e-3);
    }

    /// <summary>x and P, gradients taken at z and Q.</summary>
    private sealed class PlainFlow(PlainScene scene, AwfOptions options, int? refinedFrom)
    {
        private readonly PlainScan _ahead = new(scene.Measurement, scene.Image);
        private readonly double _knownStep = 1 / new PlainScan(scene.Measurement, scene.Image).LargestLight(false);
        private double _t = 1;
        private double _before = double.PositiveInfinity;

        internal Complex[,] Image { get; private set; } = PlainScan.Plain(scene.Image);

        internal Complex[][,] Probe { get; private set; } = [.. scene.Measurement.Probe.Modes.Select(PlainScan.Plain)];

        internal void Iterate(int done)
        {
            var refine = done >= refinedFrom;
            var next = (1 + Math.Sqrt(1 + 4 * _t * _t)) / 2;
            var momentum = options.Accelerated ? (_t - 1) / next : 0;
            var dataStep = refine ? 0.5 / _ahead.LargestLight(true) : _knownStep;
            var size = options.StepFactor * dataStep / (1 + 8 * options.Smoothness);
            var misfit = 0.0;
            var gradient = Laplacian(_ahead.Image, options.Smoothness / dataStep);
            var probeGradient = Probe.Select(p => new Complex[p.GetLength(0), p.GetLength(1)]).ToArray();
            for (var frame = 0; frame < PlainScene.Frames; frame++)
            {
                var (error, step) = _ahead.Step(frame);
                misfit += error;
                _ahead.AddToObject(gradient, step, frame, null, 1);
                var probeStep = _ahead.ProbeStep(step, frame, null, 1);
                for (var m = 0; m < probeGradient.Length; m++)
                    probeGradient[m] = Sum(probeGradient[m], probeStep[m], 1);
            }

            var probeSize = 0.5 * (options.Refinement?.Gamma ?? 1) / _ahead.LargestSeen();
            var image = Sum(_ahead.Image, gradient, size);
            var ahead = Sum(image, Sum(image, Image, -1), momentum);
            var (probe, probeAhead) = (Probe, _ahead.Probe);
            if (refine)
            {
                probe = [.. _ahead.Probe.Zip(probeGradient, (q, g) => Sum(q, g, probeSize))];
                probeAhead = [.. probe.Zip(Probe, (now, last) => Sum(now, Sum(now, last, -1), momentum))];
            }

            (Image, Probe) = (image, probe);
            var restart = refine && misfit > _before;
            _ahead.Become(restart ? image : ahead, restart ? probe : probeAhead);
            (_t, _before) = (restart ? 1 : next, misfit);
        }

        private static Complex[,] Sum(Complex[,] a, Complex[,] b, double factor)
        {
            var result = new Complex[a.GetLength(0), a.GetLength(1)];
            for (var row = 0; row < a.GetLength(0); row++)
            for (var column = 0; column < a.GetLength(1); column++)
                result[row, column] = a[row, column] + factor * b[row, column];
            return result;
        }

        private static Complex[,] Laplacian(Complex[,] image, double lambda)
        {
            var (height, width) = (image.GetLength(0), image.GetLength(1));
            var result = new Complex[height, width];
            for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
                foreach (
                    var (y, x) in ((int, int)[])
                        [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
                )
                    if (y >= 0 && y < height && x >= 0 && x < width)
                        result[row, column] += lambda * (image[y, x] - image[row, column]);
            return result;
        }
    }
}
