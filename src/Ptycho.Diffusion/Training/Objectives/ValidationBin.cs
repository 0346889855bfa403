namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>One part of a validation result.</summary>
/// <param name="Name">What the part is, for example "1-100" for noise levels 1…100.</param>
/// <param name="Value">The mean over the part.</param>
/// <param name="Count">Samples in it.</param>
public sealed record ValidationBin(string Name, double Value, int Count);
