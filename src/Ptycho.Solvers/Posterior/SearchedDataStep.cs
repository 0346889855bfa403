using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// argmin_f E(A f) + ½λ‖e‖² + ½κΣ|e_i − e_j|² for a likelihood that no quadratic of fixed curvature bounds, such as
/// Poisson's: z − ∇F(z)/(c d + λ + 8κ), where c is the least of 1, 2, 4, … for which the quadratic of curvature c at A z lies
/// above E at the new far field: then the sum F does not rise. c falls slowly again; each object has its own.
/// </summary>
internal sealed class SearchedDataStep : IDataStep
{
    private const double Growth = 2;
    private const double Decay = 0.9;
    private const int MostTrials = 40;

    // Energies are sums of many float32 values.
    private const double Rounding = 1e-6;
    private const int ScaleSearchSteps = 40;
    private readonly IForwardOperator _operator;
    private readonly ILikelihood _likelihood;
    private readonly Device _device;
    private readonly Tensor _diagonal;

    internal SearchedDataStep(PosteriorProblem problem)
    {
        (_operator, _likelihood, _device) = (problem.Operator, problem.Likelihood, problem.Device);
        using var scope = NewDisposeScope();
        _diagonal = (
            problem.Operator is INormalDiagonal known
                ? known.NormalDiagonal.clone()
                : full([1, 1], OperatorNorm.Squared(problem.Operator, _device), float32, _device)
        ).DetachFromDisposeScope();
        LargestCurvature = _diagonal.max().ToDouble();
    }

    /// <inheritdoc />
    public long Evaluations { get; private set; }

    /// <inheritdoc />
    public double LargestCurvature { get; }

    /// <inheritdoc />
    public Tensor Solve(Tensor prior, PriorPull pull, int iterations, bool momentum)
    {
        using var scope = NewDisposeScope();
        var found = iterations == 0 ? prior.alias() : Descend(prior, prior, pull, iterations, momentum, default);
        return found.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor WarmStart(int iterations, double smoothness, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var (height, width) = _operator.ObjectShape;
        var flat = ones([1, height, width], complex64, _device);
        var start = flat * BestScale(flat);
        if (iterations == 0)
            return Gauge.Fix(start).MoveToOuterDisposeScope();
        var pull = new PriorPull(0, smoothness * LargestCurvature);
        return Gauge.Fix(Descend(start, flat, pull, iterations, true, cancellationToken)).MoveToOuterDisposeScope();
    }

    public void Dispose() => _diagonal.Dispose();

    private Tensor Descend(
        Tensor start,
        Tensor prior,
        PriorPull pull,
        int iterations,
        bool momentum,
        CancellationToken cancellationToken
    )
    {
        using var scope = NewDisposeScope();
        var state = new Iterate(start, _operator.Forward(start));
        var curvature = ones([start.shape[0], 1, 1], float32, _device);
        var extrapolation = new Extrapolation(momentum);
        for (var i = 0; i < iterations; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var (next, field, used) = Step(state, curvature, prior, pull);
            var old = (state, curvature);
            state = state.Move(next, field, extrapolation.Next());
            curvature = (used * Decay).clamp_min(1);
            step.MoveToOuter(curvature);
            state.MoveOut(step);
            old.curvature.Dispose();
            if (i > 0)
                old.state.Dispose();
        }
        Evaluations += iterations * start.shape[0];
        return state.X.MoveToOuterDisposeScope();
    }

    /// <summary>One step from the point ahead, with the least curvature that bounds the energy.</summary>
    private (Tensor Next, Tensor Field, Tensor Curvature) Step(
        Iterate at,
        Tensor curvature,
        Tensor prior,
        PriorPull pull
    )
    {
        var energy = _likelihood.Energy(at.AheadField);
        var slope = _likelihood.Gradient(at.AheadField);
        var error = at.Ahead - prior;
        var gradient = _operator.Adjoint(slope) + error * pull.Lambda;
        if (pull.Roughness > 0)
            gradient = gradient + GridLaplacian.Roughness(error) * pull.Roughness;
        using Scalar weight = pull.Lambda + GridLaplacian.LargestEigenvalue * pull.Roughness;
        for (var trial = 1; ; trial++)
        {
            var next = at.Ahead - gradient / (curvature * _diagonal + weight);
            var field = _operator.Forward(next);
            var move = field - at.AheadField;
            var rise = _likelihood.Energy(field) - energy - Inner(slope, move);
            var bound = Inner(move, move) * curvature.flatten() * 0.5 + energy.abs() * Rounding;
            var failing = rise > bound;
            if (trial == MostTrials || !failing.any().ToBoolean())
                return (next, field, curvature);
            curvature = where(failing.reshape(-1, 1, 1), curvature * Growth, curvature);
            Evaluations++;
        }
    }

    /// <summary>Re⟨a, b⟩ of each object's far fields.</summary>
    private static Tensor Inner(Tensor a, Tensor b) => (a.conj_physical() * b).real.flatten(1).sum(1);

    /// <summary>The s that minimises E(s·A f), by golden sections of its logarithm.</summary>
    private double BestScale(Tensor flat)
    {
        using var scope = NewDisposeScope();
        var field = _operator.Forward(flat);
        double Energy(double log)
        {
            using var step = NewDisposeScope();
            return _likelihood.Energy(field * Math.Exp(log)).ToDouble();
        }
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (-16.0, 16.0);
        for (var i = 0; i < ScaleSearchSteps; i++)
        {
            var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
            (low, high) = Energy(left) < Energy(right) ? (low, right) : (left, high);
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>x, the extrapolated point, and their far fields, of which that ahead costs no transform.</summary>
    private sealed record Iterate(Tensor X, Tensor Field, Tensor Ahead, Tensor AheadField) : IDisposable
    {
        internal Iterate(Tensor x, Tensor field)
            : this(x, field, x, field) { }

        internal Iterate Move(Tensor next, Tensor field, (double Along, double Beyond) by) =>
            by == default
                ? new Iterate(next, field)
                : new Iterate(
                    next,
                    field,
                    next + (next - X) * by.Along + (next - Ahead) * by.Beyond,
                    field + (field - Field) * by.Along + (field - AheadField) * by.Beyond
                );

        internal void MoveOut(DisposeScope scope)
        {
            foreach (var tensor in Distinct())
                scope.MoveToOuter(tensor);
        }

        public void Dispose()
        {
            foreach (var tensor in Distinct())
                tensor.Dispose();
        }

        private IEnumerable<Tensor> Distinct() =>
            ReferenceEquals(X, Ahead) ? [X, Field] : [X, Field, Ahead, AheadField];
    }
}
