namespace Ptycho.Solvers.Classical.Tensors.Checkpoints;

/// <summary>Refuses numbers that an object cannot have.</summary>
/// <exception cref="InvalidDataException">Says which.</exception>
internal delegate void RequireNumbers(int place, ReadOnlySpan<double> values);
