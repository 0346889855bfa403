using Ptycho.IO.Arrays;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Posterior;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Guidance;

/// <summary>A guided run's state as a snapshot and back.</summary>
internal static class DpsCheckpoint
{
    internal static SamplerSnapshot Take(Tensor x, int done, long draws, TimeSpan elapsed) =>
        new(
            done,
            draws,
            done,
            elapsed,
            new Dictionary<string, NumericArray>(StringComparer.Ordinal) { ["x"] = SnapshotTensors.ToArray(x) }
        );

    /// <exception cref="InvalidDataException">The snapshot does not fit the run.</exception>
    internal static Tensor Restore(SamplerSnapshot snapshot, int chains, PosteriorProblem problem, int steps)
    {
        if (snapshot.Done < 1 || snapshot.Done > steps)
            throw new InvalidDataException($"The checkpoint is at step {snapshot.Done} of a run of {steps} steps.");
        var (height, width) = problem.Operator.ObjectShape;
        return SnapshotTensors.Read(snapshot.Arrays, "x", [chains, 2, height, width], problem.Device);
    }
}
