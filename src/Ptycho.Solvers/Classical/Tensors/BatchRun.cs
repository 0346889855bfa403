using System.Diagnostics;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Solvers.Batches;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical.Runs;
using Ptycho.Solvers.Classical.Tensors.Checkpoints;
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
/// <param name="file">Where checkpoints go, or null.</param>
internal sealed class BatchRun(
    string name,
    StopRules rules,
    TensorFlow flow,
    IReadOnlyList<StackMember> members,
    BatchLedger ledger,
    SamplerFile? file = null
)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StackCheckpoint _checkpoint = new(name, flow, members);
    private TimeSpan _before;

    // Those in the flow, of which some may have ended.
    private StackMember[] _stacked = [.. members];

    private TimeSpan Elapsed => _before + _clock.Elapsed;

    /// <summary>Runs to the end.</summary>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run or is damaged.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        if (Resume())
            Settle(members.Where(member => member.HasEnded), Ending());
        while (_stacked.Length > 0)
        {
            var (done, failed) = Iterate();
            var ending = Ending();
            // Before anybody is told: a callback that throws must not cost what was due.
            var isWritten = file?.IsDue(flow.Done) == true || ending.Count == done.Count;
            if (isWritten)
                Write(done);
            Tell(done);
            // Asked once, so that no run ends by a token that came after its file was left out.
            if (cancellationToken.IsCancellationRequested)
            {
                if (!isWritten)
                    Write(done);
                throw new OperationCanceledException(cancellationToken);
            }

            Settle(failed, ending);
        }
    }

    private (List<StackMember> Done, List<StackMember> Failed) Iterate()
    {
        var (misfits, sizes) = flow.Iterate();
        var good = new bool[_stacked.Length];
        var (done, failed) = (new List<StackMember>(), new List<StackMember>());
        for (var b = 0; b < _stacked.Length; b++)
        {
            var member = _stacked[b];
            if (member.HasEnded)
                continue;
            var hadGood = member.HasGood;
            var failure = member.Append(misfits[b], sizes[b], out good[b]);
            if (failure is not null)
                member.Failure = failure with { LastObject = hadGood ? flow.Good(b) : null };
            (failure is null ? done : failed).Add(member);
        }

        flow.Remember(good);
        RememberBest(done);
        return (done, failed);
    }

    private bool Resume()
    {
        if (file?.Read() is not { } snapshot)
            return false;
        file.Restore(() =>
        {
            if (snapshot.Done < 1 || snapshot.Done > rules.Iterations)
                throw new InvalidDataException(
                    $"The checkpoint is that of {snapshot.Done} iterations; the options allow 1 to {rules.Iterations}."
                );
            _stacked = _checkpoint.Restore(snapshot);
        });
        _before = snapshot.Elapsed;
        return true;
    }

    // Where nothing has come further the file before is as good.
    private void Write(List<StackMember> done)
    {
        if (done.Count > 0)
            file?.Write(_checkpoint.Take(_stacked, Elapsed));
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

    private List<(int Place, StopReason Reason)> Ending()
    {
        var ending = new List<(int Place, StopReason Reason)>();
        for (var b = 0; b < _stacked.Length; b++)
            if (!_stacked[b].HasEnded && _stacked[b].Judge(rules) is { } reason)
                ending.Add((b, reason));
        return ending;
    }

    // Tells what those ended with that have, and those that end now, and goes on with the others.
    private void Settle(IEnumerable<StackMember> ended, List<(int Place, StopReason Reason)> ending)
    {
        StackMember[] all = [.. ended, .. ending.Select(end => _stacked[end.Place])];
        Finish(ending);
        _clock.Stop();
        foreach (var member in all)
            ledger.End(
                member.Failure is { } failure
                    ? new BatchOutcome(member.Index, null, failure.ToException())
                    : new BatchOutcome(member.Index, ClassicalResult.Of(member.Outcome!), null)
            );
        _clock.Start();
        Shrink(all.Length > 0);
    }

    private void Finish(List<(int Place, StopReason Reason)> ending)
    {
        if (ending.Count == 0)
            return;
        var misfits = flow.FrameMisfits();
        using var scope = NewDisposeScope();
        var (objects, probes) = flow.Final();
        foreach (var (place, reason) in ending)
        {
            var member = _stacked[place];
            if (Final(member, probes?[place]) is not { } probe)
            {
                var last = flow.Good(place);
                member.Failure = StackFailure.NotFinite(member.History.Count, StackFailure.Probe, last);
                continue;
            }

            var outcome = member.ToOutcome(
                name,
                reason,
                misfits[place],
                objects[place].ToField(),
                probe,
                flow.Positions(place),
                Elapsed
            );
            if (double.IsFinite(outcome.UsedMisfit))
                member.Outcome = outcome;
            else
                member.Failure = StackFailure.NotFinite(member.History.Count, StackFailure.Object, flow.Good(place));
        }
    }

    // Null for numbers that are no probe: none of light, or of more than a float holds.
    private static Probe? Final(StackMember member, Tensor? modes)
    {
        if (modes is null)
            return member.Measurement.Probe;
        try
        {
            return Probe.FromModes(modes.squeeze(0).ToFields());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

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
