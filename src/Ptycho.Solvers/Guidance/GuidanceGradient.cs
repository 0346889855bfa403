using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Guidance;

/// <summary>The gradient of the guiding energy with respect to the object, by the operator's adjoint.</summary>
internal static class GuidanceGradient
{
    /// <returns>g with dE = Re⟨g, df⟩, complex64 [C, H, W], in the caller's dispose scope.</returns>
    internal static Tensor Of(PosteriorProblem problem, Tensor objects, GuidanceEnergy kind, out double energy)
    {
        using var scope = NewDisposeScope();
        var farField = problem.Operator.Forward(objects);
        var energies = problem.Likelihood.Energy(farField);
        var gradient = problem.Operator.Adjoint(problem.Likelihood.Gradient(farField));
        if (kind == GuidanceEnergy.EuclideanNorm)
        {
            // E is ½‖r‖², so the norm is √(2E), and its gradient that of E over the norm.
            energies = (energies * 2).sqrt();
            gradient = gradient / energies.clamp_min(1e-20f).reshape(-1, 1, 1);
        }
        energy = energies.mean().ToDouble();
        return gradient.MoveToOuterDisposeScope();
    }
}
