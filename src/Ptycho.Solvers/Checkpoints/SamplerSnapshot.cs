using Ptycho.IO.Arrays;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>What a sampler needs to go on.</summary>
/// <param name="Done">Levels or steps done.</param>
/// <param name="Draws">States drawn from the noise.</param>
/// <param name="Evaluations">Operator evaluations.</param>
/// <param name="Elapsed">Compute time so far.</param>
/// <param name="Arrays">Its arrays by name.</param>
internal sealed record SamplerSnapshot(
    int Done,
    long Draws,
    long Evaluations,
    TimeSpan Elapsed,
    IReadOnlyDictionary<string, NumericArray> Arrays
);
