using System.Diagnostics;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Iterates a flow until each measurement has ended, by the stop rules or by a number that is not finite.</summary>
/// <param name="name">The solver.</param>
/// <param name="rules">When a measurement ends.</param>
/// <param name="flow">The state of all; stays the caller's.</param>
/// <param name="members">The measurements, in the order of the flow.</param>
/// <param name="ledger">Receives steps and outcomes.</param>
internal sealed class BatchRun(
    string name,
    StopRules rules,
    TensorFlow flow,
    IReadOnlyList<StackMember> members,
    BatchLedger ledger
)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    // Those in the flow, of which some may have ended.
    private StackMember[] _stacked = [.. members];

    /// <summary>Runs to the end.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        while (_stacked.Length > 0)
        {
            var (misfits, sizes) = flow.Iterate();
            var good = new bool[_stacked.Length];
            var (done, outcomes) = (new List<StackMember>(), new List<BatchOutcome>());
            var ending = new List<(int Place, StopReason Reason)>();
            for (var b = 0; b < _stacked.Length; b++)
            {
                var member = _stacked[b];
                if (member.HasEnded)
                    continue;
                var hadGood = member.HasGood;
                if (member.Append(misfits[b], sizes[b], out good[b]) is { } failure)
                {
                    member.HasEnded = true;
                    outcomes.Add(new BatchOutcome(member.Index, null, failure(hadGood ? flow.Good(b) : null)));
                    continue;
                }

                done.Add(member);
                if (member.Judge(rules) is { } reason)
                    ending.Add((b, reason));
            }

            flow.Remember(good);
            cancellationToken.ThrowIfCancellationRequested();
            Tell(done);
            outcomes.AddRange(Finish(ending));
            _clock.Stop();
            foreach (var outcome in outcomes)
                ledger.End(outcome);
            _clock.Start();
            Shrink(outcomes.Count > 0);
        }
    }

    private void Tell(List<StackMember> done)
    {
        if (!ledger.IsHeard)
            return;
        _clock.Stop();
        foreach (var member in done)
            ledger.Step(
                member.Index,
                new ReconstructionProgress(member.History.Count, rules.Iterations, member.History[^1])
            );
        _clock.Start();
    }

    private List<BatchOutcome> Finish(List<(int Place, StopReason Reason)> ending)
    {
        var outcomes = new List<BatchOutcome>();
        if (ending.Count == 0)
            return outcomes;
        var misfits = flow.FrameMisfits();
        using var scope = NewDisposeScope();
        var objects = flow.Objects();
        foreach (var (place, reason) in ending)
        {
            var member = _stacked[place];
            member.HasEnded = true;
            outcomes.Add(
                double.IsFinite(misfits[place].Sum())
                    ? new BatchOutcome(
                        member.Index,
                        Result(member, reason, misfits[place], objects[place].ToField()),
                        null
                    )
                    : new BatchOutcome(
                        member.Index,
                        null,
                        NumericalFailureException.NotFinite(member.History.Count, "object", flow.Good(place))
                    )
            );
        }

        return outcomes;
    }

    private ReconstructionResult Result(StackMember member, StopReason reason, double[] misfits, IO.ComplexField image)
    {
        var (measurement, energy) = (member.Measurement, member.Start.AmplitudeEnergy);
        var frameEnergy = energy / measurement.Data.FrameCount;
        return new ReconstructionResult
        {
            Object = image,
            Solver = name,
            Probe = measurement.Probe,
            StopReason = reason,
            ResidualHistory = [.. member.History],
            Residual = Math.Sqrt(misfits.Sum() / energy),
            FrameMisfit = [.. misfits.Select(misfit => Math.Sqrt(misfit / frameEnergy))],
            FrameChiSquare = measurement.Data.CountsPerUnit is null
                ? null
                : FrameStatistics.Of(measurement, image, measurement.Probe, measurement.Positions).ChiSquares,
            DroppedFrames = measurement.Dropped,
            Iterations = member.History.Count,
            OperatorEvaluations = 2L * member.History.Count + 1,
            ComputeTime = _clock.Elapsed,
        };
    }

    private void Shrink(bool someEnded)
    {
        if (!someEnded)
            return;
        var left = Enumerable.Range(0, _stacked.Length).Where(b => !_stacked[b].HasEnded).ToArray();
        // A smaller stack costs a new start, so it must be worth it.
        if (left.Length > _stacked.Length / 2)
            return;
        _stacked = Array.ConvertAll(left, b => _stacked[b]);
        if (left.Length > 0)
            flow.Keep(left);
    }
}
