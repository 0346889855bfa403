namespace Ptycho.Diffusion.Sampling;

/// <summary>Where a sampler is.</summary>
/// <param name="Step">Steps done, 1…Steps.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Level">The level that the state has now; 0 at the end.</param>
public readonly record struct SamplingProgress(int Step, int Steps, int Level);
