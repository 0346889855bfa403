using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>Moves objects from what the prior says to what the data say.</summary>
internal interface IDataStep : IDisposable
{
    /// <summary>Pairs of a forward and an adjoint evaluation so far, counted per object.</summary>
    long Evaluations { get; }

    /// <summary>max d, d = diag(AᴴA) or a bound of it; infinity for a step that wants every iteration asked for.</summary>
    double LargestCurvature { get; }

    /// <summary>
    /// argmin_f E(A f) + ½λ‖f − f̂‖² + ½κ‖∇(f − f̂)‖², approached from f̂ by majorise–minimise steps.
    /// </summary>
    /// <param name="prior">f̂, complex64 [B, H, W].</param>
    /// <param name="pull">λ and κ.</param>
    /// <param name="iterations">How many.</param>
    /// <param name="momentum">The optimised gradient method's extrapolation: faster, no longer monotone at every step.</param>
    /// <returns>complex64 [B, H, W], in the caller's dispose scope.</returns>
    Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum);

    /// <summary>A warm start without a prior: accelerated Wirtinger flow with a smoothness penalty, gauge fixed.</summary>
    /// <param name="iterations">How many.</param>
    /// <param name="smoothness">κ of the penalty ½κ max(d) Σ|f_i − f_j|² over neighbouring pixels; 0 for none.</param>
    /// <param name="cancellationToken">Stops between iterations.</param>
    /// <returns>complex64 [1, H, W], in the caller's dispose scope.</returns>
    Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken);
}
