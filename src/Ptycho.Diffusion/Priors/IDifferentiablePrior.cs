namespace Ptycho.Diffusion.Priors;

/// <summary>
/// Says that <see cref="IPrior.Denoise"/> is recorded by autograd while gradients are enabled, so that a guided sampler
/// may differentiate x̂₀ with respect to x. It has no members of its own.
/// </summary>
#pragma warning disable CA1040 // A capability without further members: the promise is about Denoise.
public interface IDifferentiablePrior : IPrior;
#pragma warning restore CA1040
