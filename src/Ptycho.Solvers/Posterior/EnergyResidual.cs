using Ptycho.Physics.Likelihoods;
using Ptycho.Solvers.Posterior.SlowPhases;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>The residual by any problem's own operator and likelihood.</summary>
internal sealed class EnergyResidual : IResidualMeter
{
    private readonly PosteriorProblem _problem;
    private readonly double _dark;

    internal EnergyResidual(PosteriorProblem problem)
    {
        _problem = problem;
        Phases = problem.Likelihood is IAmplitudeBased likelihood
            ? new TensorPhaseSystem(problem.Operator, likelihood)
            : null;
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var (frames, modes, height, width) = problem.Operator.FarFieldShape;
        var nothing = zeros([1, frames, modes, height, width], complex64, problem.Device);
        _dark = problem.Likelihood.Energy(nothing).ToDouble();
    }

    /// <inheritdoc />
    public IPhaseSystem? Phases { get; }

    /// <inheritdoc />
    public double Residual(Tensor objects)
    {
        using var scope = NewDisposeScope();
        var sum = 0.0;
        for (long b = 0; b < objects.shape[0]; b++)
        {
            using var step = NewDisposeScope();
            sum += _problem.Likelihood.Energy(_problem.Operator.Forward(objects.narrow(0, b, 1))).ToDouble();
        }
        return Math.Sqrt(Math.Max(0, sum) / objects.shape[0] / _dark);
    }
}
