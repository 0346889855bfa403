using Ptycho.Physics.Likelihoods;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Uncertainty;

/// <summary>ψ = w f, pixel by pixel, measured with Gaussian noise: a problem whose posterior is known.</summary>
internal sealed class LinearGaussian(Tensor weights, Tensor data)
    : IForwardOperator,
        INormalDiagonal,
        IMajorizedLikelihood
{
    public (long Height, long Width) ObjectShape => (weights.shape[0], weights.shape[1]);

    public (long Frames, long Modes, long Height, long Width) FarFieldShape =>
        (1, 1, weights.shape[0], weights.shape[1]);

    public Tensor NormalDiagonal { get; } = weights.square();

    public string Name => "Gaussian";

    public Tensor Forward(Tensor obj) => (obj * weights).unsqueeze(1).unsqueeze(1);

    public Tensor Adjoint(Tensor farField) => farField.squeeze(1).squeeze(1) * weights;

    public Tensor Energy(Tensor farField) => ((farField - data).abs().square() * 0.5).flatten(1).sum(1);

    public Tensor Gradient(Tensor farField) => farField - data;

    public Tensor Target(Tensor farField) => data.expand(farField.shape);

    public void Dispose() => NormalDiagonal.Dispose();
}
