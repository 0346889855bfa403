using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;
using Ptycho.Samples.Shared.Commands;
using Ptycho.Samples.Shared.Display;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.ReconstructFile.Solving;

/// <summary>
/// A classical solver in parts of some iterations, each going on from the last one's object, probe and positions. Parts
/// end at the same iterations in every run, so a run that was stopped and goes on gives the same bits as one that was not.
/// </summary>
internal static class ClassicalRun
{
    /// <param name="plan">Which solver, and how.</param>
    /// <param name="measurement">The data.</param>
    /// <param name="checkpoint">Where the state is kept between parts, or null for one part without.</param>
    /// <param name="every">Iterations of a part.</param>
    /// <param name="progress">Told after every iteration of the whole.</param>
    /// <param name="cancellationToken">Stops; what the part before reached is in the checkpoint.</param>
    public static ReconstructionResult Solve(
        ClassicalPlan plan,
        Measurement measurement,
        ClassicalCheckpoint? checkpoint,
        int every,
        IProgress<ReconstructionProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var state = checkpoint?.Read();
        ReconstructionResult? result = null;
        while (result is null || state!.Done < plan.Iterations)
        {
            var done = state?.Done ?? 0;
            var count = checkpoint is null ? plan.Iterations : Math.Min(every, plan.Iterations - done);
            try
            {
                result = plan.Create(done, count, state)
                    .Solve(Current(measurement, state), new Relay(progress, done, plan.Iterations), cancellationToken);
            }
            catch (OperationCanceledException) when (done > 0)
            {
                throw new StoppedException(
                    $"Stopped; {done} of {plan.Iterations} iterations are in {checkpoint!.Path}. "
                        + "The same command goes on from there."
                );
            }
            state = Next(plan, measurement, state, result);
            // The last state is the result, which is written soon.
            if (state.Done < plan.Iterations)
                checkpoint?.Write(state);
        }
        return result with
        {
            ResidualHistory = state!.Residuals,
            Iterations = state.Done,
            OperatorEvaluations = 2L * state.Done + 1,
            ComputeTime = state.Elapsed,
        };
    }

    private static Measurement Current(Measurement given, ClassicalState? state) =>
        state is null or { Probe: null, Positions: null }
            ? given
            : new Measurement(
                given.Data,
                state.Positions ?? given.Positions,
                state.Probe ?? given.Probe,
                given.ObjectHeight,
                given.ObjectWidth
            );

    private static ClassicalState Next(
        ClassicalPlan plan,
        Measurement given,
        ClassicalState? before,
        ReconstructionResult part
    ) =>
        new(
            part.Object,
            plan.RefineProbe ? part.Probe : null,
            part.Positions is { } found ? Bounded(found, given.Positions, plan.Correction!.LargestShift) : null,
            [.. before?.Residuals ?? [], .. part.ResidualHistory],
            (before?.Elapsed ?? TimeSpan.Zero) + part.ComputeTime
        );

    // Each part counts the largest shift from its own start; the bound is on the whole.
    private static ScanPattern Bounded(ScanPattern found, ScanPattern measured, double largest) =>
        new(
            found.Zip(
                measured,
                (a, b) =>
                    new ScanPosition(
                        Math.Clamp(a.Row, b.Row - largest, b.Row + largest),
                        Math.Clamp(a.Column, b.Column - largest, b.Column + largest)
                    )
            )
        );

    private sealed class Relay(IProgress<ReconstructionProgress> target, int done, int total)
        : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) =>
            target.Report(value with { Iteration = done + value.Iteration, Total = total });
    }
}
