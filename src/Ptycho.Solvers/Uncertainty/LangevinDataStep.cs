using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Uncertainty;

/// <summary>
/// Draws f from exp(−(E(A f) + ½λ‖f − f̂‖²)/σ_a²) by preconditioned Langevin steps, as DAPS (Zhang et al. 2024), in the
/// exact Ornstein–Uhlenbeck form, which has no step-size bias where the energy is quadratic with curvature d:
/// f ← f − (1−e^−h)(∇E + λ(f−f̂))/(d+λ) + √((1−e^−2h) σ_a²/(d+λ)) ξ. For any operator and likelihood.
/// </summary>
internal sealed class LangevinDataStep : IDataStep
{
    private readonly PosteriorProblem _problem;
    private readonly NoiseSource _noise;
    private readonly Tensor _curvature;
    private readonly double _time;
    private readonly double _prior;

    /// <param name="problem">The experiment.</param>
    /// <param name="noise">One generator a chain; the caller's.</param>
    /// <param name="time">h.</param>
    /// <param name="priorLambda">σ_a²/(c²τ²): what the prior's own width adds to every λ.</param>
    internal LangevinDataStep(PosteriorProblem problem, NoiseSource noise, double time, double priorLambda)
    {
        (_problem, _noise, _time, _prior) = (problem, noise, time, priorLambda);
        using var scope = NewDisposeScope();
        _curvature = (
            problem.Operator is INormalDiagonal known
                ? known.NormalDiagonal.clone()
                : full([1, 1], OperatorNorm.Squared(problem.Operator, problem.Device), float32, problem.Device)
        ).DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public long Evaluations { get; private set; }

    /// <summary>Infinity: a chain mixes by its steps, whatever λ is.</summary>
    public double LargestCurvature => double.PositiveInfinity;

    /// <summary>A draw, not a minimum; momentum means nothing here.</summary>
    public Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum)
    {
        if (pull.Roughness > 0)
            throw new NotSupportedException("Langevin steps are preconditioned for λ alone; κ must be 0.");
        using var scope = NewDisposeScope();
        var weight = pull.Lambda + _prior;
        var inverse = (_curvature + weight).reciprocal();
        var drift = inverse * (1 - Math.Exp(-_time));
        var spread = (inverse * (-double.ExpM1(-2 * _time))).sqrt() * _problem.AmplitudeNoise;
        var f = prior.clone();
        for (var i = 0; i < iterations; i++)
        {
            using var step = NewDisposeScope();
            step.Attach(f);
            var farField = _problem.Operator.Forward(f);
            var gradient = _problem.Operator.Adjoint(_problem.Likelihood.Gradient(farField)) + (f - prior) * weight;
            var noise = _noise.Next();
            var xi = complex(noise.select(1, 0).contiguous(), noise.select(1, 1).contiguous());
            f = step.MoveToOuter(f - gradient * drift + xi * spread);
        }
        Evaluations += iterations * prior.shape[0];
        return f.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken)
    {
        using IDataStep step =
            _problem.Likelihood is IMajorizedLikelihood
                ? new ProximalDataStep(_problem)
                : new SearchedDataStep(_problem);
        var start = step.WarmStart(iterations, smoothness, cancellationToken);
        Evaluations += step.Evaluations;
        return start;
    }

    public void Dispose() => _curvature.Dispose();
}
