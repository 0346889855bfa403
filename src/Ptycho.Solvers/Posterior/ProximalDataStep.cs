using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// argmin_f E(A f) + ½λ‖f − f̂‖² by majorise–minimise steps without a step size. With d = diag(AᴴA) each is
/// f ← (Aᴴ Target(A f) + λ f̂)/(d + λ): the energy never rises, and where no light falls f is f̂. An operator without
/// a known diagonal is majorised further by ‖A‖² in place of d.
/// </summary>
internal sealed class ProximalDataStep : IDataStep
{
    private readonly IForwardOperator _operator;
    private readonly IMajorizedLikelihood _likelihood;
    private readonly PosteriorProblem _problem;
    private readonly Tensor _curvature;
    private readonly bool _diagonal;

    internal ProximalDataStep(PosteriorProblem problem)
    {
        _problem = problem;
        _operator = problem.Operator;
        _likelihood =
            problem.Likelihood as IMajorizedLikelihood
            ?? throw new ArgumentException(
                $"The {problem.Likelihood.Name} likelihood has no quadratic majoriser, which the data step needs: use the amplitude or the Huber likelihood.",
                nameof(problem)
            );
        using var scope = NewDisposeScope();
        _diagonal = problem.Operator is INormalDiagonal;
        _curvature = (
            problem.Operator is INormalDiagonal known
                ? known.NormalDiagonal.clone()
                : full([1, 1], OperatorNorm.Squared(problem.Operator, problem.Device), float32, problem.Device)
        ).DetachFromDisposeScope();
        LargestCurvature = _curvature.max().ToDouble();
    }

    /// <inheritdoc />
    public double LargestCurvature { get; }

    /// <inheritdoc />
    public long Evaluations { get; private set; }

    /// <inheritdoc />
    public Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum)
    {
        using var scope = NewDisposeScope();
        using Scalar weight = pull.Lambda + GridLaplacian.LargestEigenvalue * pull.Roughness;
        var denominator = _curvature + weight;
        var current = prior;
        var ahead = prior;
        var extrapolation = new Extrapolation(momentum);
        for (var i = 0; i < iterations; i++)
        {
            using var step = NewDisposeScope();
            var next = (Pulled(ahead) + Held(ahead, prior, pull)) / denominator;
            var (along, beyond) = extrapolation.Next();
            var extrapolated = momentum ? next + (next - current) * along + (next - ahead) * beyond : next;
            step.MoveToOuter(next);
            step.MoveToOuter(extrapolated);
            Release(current, prior);
            Release(ahead, prior, current);
            (current, ahead) = (next, extrapolated);
        }
        Evaluations += iterations * prior.shape[0];
        return (iterations == 0 ? prior.alias() : current).MoveToOuterDisposeScope();
    }

    /// <summary>λ f̂ + 8κ z + κ·Laplacian(z − f̂): what the prior's terms add to the numerator of a step.</summary>
    private static Tensor Held(Tensor z, Tensor prior, PriorPull pull)
    {
        using var scope = NewDisposeScope();
        var held = prior * pull.Lambda;
        if (pull.Roughness > 0)
            held =
                held
                + z * (GridLaplacian.LargestEigenvalue * pull.Roughness)
                - GridLaplacian.Roughness(z - prior) * pull.Roughness;
        return held.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken) =>
        WirtingerStart.Run(_problem, this, iterations, smoothness, cancellationToken);

    /// <summary>‖Target(ψ)‖: for an amplitude likelihood the norm of the measured amplitudes.</summary>
    internal double AmplitudeNorm(Tensor farField)
    {
        using var scope = NewDisposeScope();
        return _likelihood.Target(farField).abs().square().sum().sqrt().ToDouble();
    }

    /// <summary>One step of plain descent, f − (AᴴA f − Aᴴ Target(A f))/max d.</summary>
    internal Tensor Descend(Tensor f)
    {
        using var scope = NewDisposeScope();
        Evaluations += f.shape[0];
        var gradient = f * _curvature - Pulled(f);
        return (f - gradient * (1 / LargestCurvature)).MoveToOuterDisposeScope();
    }

    public void Dispose() => _curvature.Dispose();

    /// <summary>Aᴴ Target(A f), with what the bound exceeds AᴴA by.</summary>
    private Tensor Pulled(Tensor f)
    {
        var farField = _operator.Forward(f);
        var target = _likelihood.Target(farField);
        return _diagonal ? _operator.Adjoint(target) : _operator.Adjoint(target - farField) + f * _curvature;
    }

    private static void Release(Tensor old, params ReadOnlySpan<Tensor> kept)
    {
        foreach (var tensor in kept)
            if (ReferenceEquals(old, tensor))
                return;
        old.Dispose();
    }
}
