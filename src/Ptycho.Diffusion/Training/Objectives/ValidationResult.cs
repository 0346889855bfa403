using System.Collections.Immutable;

namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>How good a network is on validation data.</summary>
/// <param name="Score">The figure of merit; less is better. For diffusion, the mean ε-MSE over uniform levels.</param>
/// <param name="Bins">The same by parts, for example by range of noise levels.</param>
public sealed record ValidationResult(double Score, ImmutableArray<ValidationBin> Bins);
