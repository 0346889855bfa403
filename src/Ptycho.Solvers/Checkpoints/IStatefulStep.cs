using Ptycho.IO.Arrays;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>A part of a sampler that learns while it runs, so that a checkpoint must hold what it knows.</summary>
internal interface IStatefulStep
{
    /// <summary>What it knows, by names of its own.</summary>
    IEnumerable<KeyValuePair<string, NumericArray>> Save();

    /// <exception cref="InvalidDataException">An array is missing or has another shape.</exception>
    void Restore(IReadOnlyDictionary<string, NumericArray> arrays);
}
