using System.Diagnostics;
using System.Runtime.InteropServices;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Iterates a flow until the stop rules hold for every measurement, and makes the results.</summary>
internal sealed class BatchRun(string name, StopRules rules, IReadOnlyList<Measurement> measurements)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ReconstructionResult?[] _results = new ReconstructionResult?[measurements.Count];
    private readonly List<double>[] _histories = [.. measurements.Select(_ => new List<double>())];
    private int _iterations;

    /// <summary>Checks that measurements can be stacked.</summary>
    /// <exception cref="ArgumentException">There is none, or one does not fit the first; its index is named.</exception>
    public static void RequireOneShape(IReadOnlyList<Measurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        if (measurements.Count == 0)
            throw new ArgumentException("At least one measurement is needed.", nameof(measurements));
        for (var i = 0; i < measurements.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(measurements[i], nameof(measurements));
            var (shape, first) = (Shape(measurements[i]), Shape(measurements[0]));
            if (!string.Equals(shape, first, StringComparison.Ordinal))
                throw new ArgumentException(
                    $"Measurement {i} has {shape}; measurement 0 has {first}. Solve them apart.",
                    nameof(measurements)
                );
        }
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="flow">The state.</param>
    /// <param name="starts">What each measurement was started from.</param>
    /// <param name="report">Called after every iteration, with the residuals of those under way.</param>
    /// <param name="cancellationToken">Checked every iteration.</param>
    public IReadOnlyList<ReconstructionResult> Run(
        TensorFlow flow,
        IReadOnlyList<StackStart> starts,
        Action<int, double[]> report,
        CancellationToken cancellationToken
    )
    {
        // Objects in the stack, and which of them their rules let go on.
        var stacked = Enumerable.Range(0, measurements.Count).ToArray();
        while (stacked.Length > 0)
        {
            var misfits = flow.Iterate();
            _iterations++;
            var running = Enumerable.Range(0, stacked.Length).Where(b => _results[stacked[b]] is null).ToArray();
            var residuals = Array.ConvertAll(running, b => Math.Sqrt(misfits[b] / starts[stacked[b]].AmplitudeEnergy));
            var ended = new List<(int Place, StopReason Reason)>();
            for (var i = 0; i < running.Length; i++)
            {
                RequireFinite(residuals[i], "residual");
                var history = _histories[stacked[running[i]]];
                history.Add(residuals[i]);
                if (rules.Judge(CollectionsMarshal.AsSpan(history)) is { } reason)
                    ended.Add((running[i], reason));
            }

            cancellationToken.ThrowIfCancellationRequested();
            _clock.Stop();
            report(_iterations, residuals);
            _clock.Start();
            if (ended.Count == 0)
                continue;
            Finish(flow, starts, stacked, ended);
            var left = running.Except(ended.Select(e => e.Place)).ToArray();
            // A smaller stack costs a new start, so it must be worth it.
            if (left.Length > stacked.Length / 2)
                continue;
            stacked = Array.ConvertAll(left, b => stacked[b]);
            if (left.Length > 0)
                flow.Keep(left);
        }

        return _results!;
    }

    private void Finish(
        TensorFlow flow,
        IReadOnlyList<StackStart> starts,
        int[] stacked,
        List<(int Place, StopReason Reason)> ended
    )
    {
        var misfits = flow.FrameMisfits();
        using var scope = NewDisposeScope();
        var objects = flow.Objects();
        foreach (var (place, reason) in ended)
        {
            var index = stacked[place];
            var (measurement, start) = (measurements[index], starts[index]);
            var total = misfits[place].Sum();
            RequireFinite(total, "object");
            var frameEnergy = start.AmplitudeEnergy / measurement.Data.FrameCount;
            var image = objects[place].ToField();
            _results[index] = new ReconstructionResult
            {
                Object = image,
                Solver = name,
                Probe = measurement.Probe,
                StopReason = reason,
                ResidualHistory = [.. _histories[index]],
                Residual = Math.Sqrt(total / start.AmplitudeEnergy),
                FrameMisfit = [.. misfits[place].Select(misfit => Math.Sqrt(misfit / frameEnergy))],
                FrameChiSquare = measurement.Data.CountsPerUnit is null
                    ? null
                    : FrameStatistics.Of(measurement, image, measurement.Probe, measurement.Positions).ChiSquares,
                DroppedFrames = measurement.Dropped,
                Iterations = _iterations,
                OperatorEvaluations = 2L * _iterations + 1,
                ComputeTime = _clock.Elapsed,
            };
        }
    }

    private void RequireFinite(double value, string term)
    {
        if (!double.IsFinite(value))
            throw NumericalFailureException.NotFinite(Math.Max(1, _iterations), term, null);
    }

    private static string Shape(Measurement m) =>
        $"{m.Data.FrameCount} frames of {m.Data.Height}×{m.Data.Width}, {m.Probe.ModeCount} mode(s) "
        + $"and an object of {m.ObjectHeight}×{m.ObjectWidth}";
}
