using System.Diagnostics;
using Ptycho.IO;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Reconstruction;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>
/// Iterates a flow until each measurement has ended, by the stop rules or by a number that is not finite; where frames are
/// held out, each ends with what predicted them best.
/// </summary>
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
            }

            flow.Remember(good);
            RememberBest(done);
            for (var b = 0; b < _stacked.Length; b++)
                if (done.Contains(_stacked[b]) && _stacked[b].Judge(rules) is { } reason)
                    ending.Add((b, reason));
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
        var (objects, probes) = flow.Final();
        foreach (var (place, reason) in ending)
        {
            var member = _stacked[place];
            member.HasEnded = true;
            var probe = probes is null
                ? member.Measurement.Probe
                : Probe.FromModes(probes[place].squeeze(0).ToFields());
            var outcome = Outcome(
                member,
                reason,
                misfits[place],
                objects[place].ToField(),
                probe,
                flow.Positions(place)
            );
            outcomes.Add(
                double.IsFinite(outcome.UsedMisfit)
                    ? new BatchOutcome(member.Index, ClassicalResult.Of(outcome), null)
                    : new BatchOutcome(
                        member.Index,
                        null,
                        NumericalFailureException.NotFinite(member.History.Count, "object", flow.Good(place))
                    )
            );
        }

        return outcomes;
    }

    private ClassicalOutcome Outcome(
        StackMember member,
        StopReason reason,
        double[] misfits,
        ComplexField image,
        Probe probe,
        ScanPattern? positions
    ) =>
        new()
        {
            Solver = name,
            Measurement = member.Measurement,
            Split = member.Start.Split,
            Object = image,
            Probe = probe,
            Positions = positions,
            Misfits = misfits,
            Energies = member.Start.Energies,
            StopReason = reason,
            Residuals = [.. member.History],
            HeldOutResiduals = [.. member.HeldOutHistory],
            BestIteration = member.BestIteration,
            OperatorEvaluations = 2L * member.History.Count + 1,
            ComputeTime = _clock.Elapsed,
        };

    private void RememberBest(List<StackMember> done)
    {
        if (rules.HeldOut is null || done.Count == 0)
            return;
        var misfits = flow.HeldOutMisfits();
        flow.RememberBest([
            .. _stacked.Select((member, b) => done.Contains(member) && member.AppendHeldOut(misfits[b])),
        ]);
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
