using Ptycho.IO.Arrays;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Annealing;

/// <summary>An annealed run's state as a snapshot and back.</summary>
internal static class AnnealedCheckpoint
{
    private const int LevelNumbers = 4;

    internal static SamplerSnapshot Take(
        AnnealedState state,
        IStatefulStep? learner,
        long draws,
        long evaluations,
        TimeSpan elapsed
    )
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            ["x"] = SnapshotTensors.ToArray(state.X),
            ["levels"] = NumericArray.Create<double>(
                state.History.SelectMany(l => (double[])[l.Level, l.Sigma, l.Residual, l.PriorMismatch]).ToArray(),
                state.Done,
                LevelNumbers
            ),
        };
        if (state.Clean is { } clean)
            arrays["clean"] = SnapshotTensors.ToArray(clean);
        if (state.Objects is { } objects)
            arrays["objects"] = SnapshotTensors.ToArray(objects);
        foreach (var (name, array) in learner?.Save() ?? [])
            arrays[name] = array;
        return new SamplerSnapshot(state.Done, draws, evaluations, elapsed, arrays);
    }

    /// <exception cref="InvalidDataException">The snapshot does not fit the run.</exception>
    internal static AnnealedState Restore(SamplerSnapshot snapshot, int chains, PosteriorProblem problem, int[] levels)
    {
        using var scope = NewDisposeScope();
        var (height, width) = problem.Operator.ObjectShape;
        var arrays = snapshot.Arrays;
        if (
            snapshot.Done < 1
            || snapshot.Done > levels.Length
            || !arrays.TryGetValue("levels", out var history)
            || history.ElementType != ElementType.Float64
            || !history.Shape.SequenceEqual([snapshot.Done, LevelNumbers])
        )
            throw new InvalidDataException($"The checkpoint's levels do not fit a run of {levels.Length} levels.");
        // A state owns its tensors: all are read before it is made.
        var x = SnapshotTensors.Read(arrays, "x", [chains, 2, height, width], problem.Device);
        var clean = arrays.TryGetValue("clean", out var kept)
            ? SnapshotTensors.Read(
                arrays,
                "clean",
                [kept.Shape.Length > 0 && kept.Shape[0] == 1 ? 1 : chains, 2, height, width],
                problem.Device
            )
            : null;
        var objects = SnapshotTensors.Read(arrays, "objects", [chains, height, width, 2], problem.Device);
        var state = new AnnealedState(x, clean);
        state.Keep(objects.view_as_complex());
        var numbers = history.ToDouble();
        for (var i = 0; i < snapshot.Done; i++)
        {
            var at = numbers.AsSpan(i * LevelNumbers, LevelNumbers);
            state.History.Add(new AnnealedLevel((int)at[0], at[1], at[2], at[3]));
        }
        return state;
    }
}
