namespace Ptycho.IO.Matlab;

/// <summary>A variable of a MAT-file that is no full numeric array and was passed over.</summary>
/// <param name="Name">The variable's name; empty for MATLAB's own hidden subsystem data.</param>
/// <param name="Class">What it is: Cell, Struct, Object, Sparse, Function, Opaque, or the class of the hidden data.</param>
public sealed record SkippedVariable(string Name, string Class);
