using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Classical.Runs;

/// <summary>
/// The loop of every classical solver: iterate, look for numbers that are not finite, judge by the stop rules, keep the
/// object that predicts held-out frames best, write checkpoints, tell progress, heed cancellation.
/// </summary>
internal sealed class ClassicalRun
{
    private readonly StopRules _rules;
    private readonly IProgress<ReconstructionProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly SamplerFile? _file;
    private readonly RunHistory _history;

    public ClassicalRun(
        StopRules rules,
        SamplerFile? file,
        IProgress<ReconstructionProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_rules, _file, _progress, _cancellationToken) = (rules, file, progress, cancellationToken);
        _history = new RunHistory(rules);
    }

    /// <summary>Runs to the end and makes the result.</summary>
    /// <param name="name">The solver.</param>
    /// <param name="state">Its state at the start.</param>
    /// <param name="split">Which frames it uses.</param>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run or is damaged.</exception>
    public ReconstructionResult Run(string name, IClassicalState state, FrameSplit split)
    {
        var best = split.HeldOut.Length == 0 ? null : new EstimateCopy(state);
        var watch = new NumericalWatch(state);
        var written = Resume(state, best, watch);
        var heldOutEnergy = state.Plan.Energy(split.HeldOut);
        var reason = _history.Judge();
        while (reason is null)
        {
            var misfit = state.Iterate(_history.Count);
            var residual = Math.Sqrt(misfit / state.Plan.AmplitudeEnergy);
            watch.Check(_history.Count + 1, residual);
            var heldOut = best is null ? 0 : Math.Sqrt(state.Misfit(split.HeldOut) / heldOutEnergy);
            var isBest = best is not null && IsLowest(heldOut);
            _history.Append(residual, heldOut);
            if (isBest)
                best!.Take(_history.Count);
            if (_file?.IsDue(_history.Count) == true)
                written = Write(state, best);
            _history.Report(_progress);
            // Asked once, so that no run ends by a token that came after its file was left out.
            if (_cancellationToken.IsCancellationRequested)
            {
                if (written != _history.Count)
                    Write(state, best);
                throw new OperationCanceledException(_cancellationToken);
            }

            reason = _history.Judge();
        }

        if (written != _history.Count)
            Write(state, best);
        if (best is { Iteration: > 0 })
            best.Restore();
        return ClassicalResult.Build(name, state, split, _history, reason.Value, best?.Iteration);
    }

    private bool IsLowest(double heldOut)
    {
        foreach (var before in _history.HeldOut)
            if (heldOut >= before)
                return false;
        return true;
    }

    private int Resume(IClassicalState state, EstimateCopy? best, NumericalWatch watch)
    {
        if (_file?.Read() is not { } snapshot)
            return 0;
        _file.Restore(() =>
        {
            if (snapshot.Done < 1 || snapshot.Done > _rules.Iterations)
                throw new InvalidDataException(
                    $"The checkpoint is that of {snapshot.Done} iterations; the options allow 1 to {_rules.Iterations}."
                );
            ClassicalCheckpoint.Restore(snapshot, state, _history, best);
        });
        watch.Resume(_history.Residuals);
        return snapshot.Done;
    }

    private int Write(IClassicalState state, EstimateCopy? best)
    {
        _file?.Write(ClassicalCheckpoint.Take(state, _history, best));
        return _history.Count;
    }
}
