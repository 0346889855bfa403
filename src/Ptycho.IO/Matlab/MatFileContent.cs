using Ptycho.IO.Arrays;

namespace Ptycho.IO.Matlab;

/// <summary>What <see cref="MatFile"/> found in a file.</summary>
/// <param name="Arrays">The numeric, logical and character variables by name, in the file's order.</param>
/// <param name="Skipped">The variables that were passed over, in the file's order.</param>
public sealed record MatFileContent(
    IReadOnlyDictionary<string, NumericArray> Arrays,
    IReadOnlyList<SkippedVariable> Skipped
);
