using MathNet.Numerics.LinearAlgebra;
using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior.SlowPhases;

/// <summary>
/// The equations by any operator and any likelihood of amplitudes. While it works it holds ∂|Ψ|/∂c_k of all phases, each as
/// large as the data.
/// </summary>
internal sealed class TensorPhaseSystem(IForwardOperator forward, IAmplitudeBased likelihood) : IPhaseSystem
{
    /// <inheritdoc />
    public double Energy(Tensor obj)
    {
        using var scope = NewDisposeScope();
        return likelihood.Energy(forward.Forward(obj)).ToDouble();
    }

    /// <inheritdoc />
    public PhaseEquations Linearize(Tensor obj, PhaseBasis basis)
    {
        using var scope = NewDisposeScope();
        var field = forward.Forward(obj);
        var gradient = likelihood.Gradient(field).conj_physical();
        var direction = AmplitudeModel.Direction(field).conj_physical();
        var slopes = new double[basis.Count];
        var changes = new Tensor[basis.Count];
        for (var k = 0; k < basis.Count; k++)
        {
            using var step = NewDisposeScope();
            var change = forward.Forward(obj * Along(basis, k, obj.device));
            slopes[k] = (gradient * change).real.sum().ToDouble();
            changes[k] = (direction * change).real.sum(2L, keepdim: true).MoveToOuterDisposeScope();
        }
        var jacobian = stack([.. changes.Select(change => change.flatten())]);
        var weighted = ReferenceEquals(likelihood.Weighted(changes[0]), changes[0])
            ? jacobian
            : stack([.. changes.Select(change => likelihood.Weighted(change).flatten())]);
        var curvature = weighted.matmul(jacobian.t()).cpu().contiguous().data<float>().ToArray();
        return new PhaseEquations(
            likelihood.Energy(field).ToDouble(),
            Vector<double>.Build.Dense(slopes),
            Matrix<double>.Build.Dense(basis.Count, basis.Count, (row, column) => curvature[row * basis.Count + column])
        );
    }

    /// <summary>iφ_k.</summary>
    private static Tensor Along(PhaseBasis basis, int index, Device device)
    {
        var rows = tensor(basis.Rows(index).ToArray(), [1, basis.Height, 1], device: device);
        var phase = rows * tensor(basis.Columns(index).ToArray(), [1, 1, basis.Width], device: device);
        return complex(zeros_like(phase), phase);
    }
}
