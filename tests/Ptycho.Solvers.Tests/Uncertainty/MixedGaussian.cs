using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Uncertainty;

/// <summary>
/// ψ = M f on pairs of neighbouring pixels of a row, M = [[1, r], [r, 1]], measured with Gaussian noise: the posterior of a
/// pair is correlated, and its covariance is known.
/// </summary>
internal sealed class MixedGaussian(int size, double mixing, Tensor data) : IForwardOperator, ILikelihood
{
    public (long Height, long Width) ObjectShape => (size, size);

    public (long Frames, long Modes, long Height, long Width) FarFieldShape => (1, 1, size, size);

    public string Name => "Gaussian";

    public Tensor Forward(Tensor obj) => Mix(obj).unsqueeze(1).unsqueeze(1);

    public Tensor Adjoint(Tensor farField) => Mix(farField.squeeze(1).squeeze(1));

    public Tensor Energy(Tensor farField) => ((farField - data).abs().square() * 0.5).flatten(1).sum(1);

    public Tensor Gradient(Tensor farField) => farField - data;

    public void Dispose() { }

    private Tensor Mix(Tensor obj)
    {
        var pairs = obj.reshape(obj.shape[0], size, size / 2, 2);
        return (pairs + pairs.flip([3]) * mixing).reshape(obj.shape);
    }
}
