using Ptycho.IO;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>What a post-processing network is given and what it should make of it.</summary>
/// <param name="Input">A reconstruction [H, W] in the gauge arg Σf = 0.</param>
/// <param name="Target">The true object [H, W], turned to the global phase of the reconstruction.</param>
public sealed record ReconstructionPair(ComplexField Input, ComplexField Target);
