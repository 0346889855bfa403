namespace Ptycho.Solvers.Posterior;

/// <summary>
/// How strongly a data step is held to the prior's estimate f̂: ½λ‖f − f̂‖² + ½κ Σ|e_i − e_j|² over neighbouring pixels of
/// e = f − f̂. A denoiser errs least where the object varies fast and it has smoothed the noise away, so the second term
/// lets slow changes, as of the phase between frames that hardly overlap, follow the data while detail stays.
/// </summary>
/// <param name="Lambda">λ, in the unit of the likelihood's curvature, at least 0.</param>
/// <param name="Roughness">κ, in the same unit, at least 0.</param>
/// <param name="Sigma">σ of the level, for steps that learn more than the object; 0 where there is none.</param>
internal readonly record struct PriorPull(double Lambda, double Roughness = 0, double Sigma = 0);
