using Ptycho.Physics.Measurements;
using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// The ℓ1 norm of the amplitudes' errors, E = Σ w |a − y|, by which Cam et al. (arXiv:2502.18767, Algorithm 1) guide
/// their sampler.
/// </summary>
public sealed class AbsoluteLikelihood : ILikelihood
{
    private readonly AmplitudeModel _model;

    /// <summary>Takes a measurement's amplitudes and mask; both are copied.</summary>
    public AbsoluteLikelihood(DiffractionData data, Device? device = null) => _model = new AmplitudeModel(data, device);

    /// <inheritdoc />
    public string Name => "amplitude ℓ1";

    /// <inheritdoc />
    public Tensor Energy(Tensor farField)
    {
        using var scope = NewDisposeScope();
        return _model.Sum((AmplitudeModel.Amplitude(farField) - _model.Amplitudes).abs()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Gradient(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var sign = (AmplitudeModel.Amplitude(farField) - _model.Amplitudes).sign();
        return (AmplitudeModel.Direction(farField) * _model.Weighted(sign)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();
}
