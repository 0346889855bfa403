using Ptycho.Physics.Measurements;
using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// Least squares on amplitudes, E = ½ Σ w (a − y)², the variance-stabilised form of Poisson statistics: the noise of
/// √counts is ½ at every count.
/// </summary>
public sealed class AmplitudeLikelihood : IMajorizedLikelihood, IAmplitudeBased
{
    private readonly AmplitudeModel _model;

    /// <summary>Takes a measurement's amplitudes and mask; both are copied.</summary>
    public AmplitudeLikelihood(DiffractionData data, Device? device = null) =>
        _model = new AmplitudeModel(data, device);

    /// <inheritdoc />
    public string Name => "amplitude ℓ2";

    /// <inheritdoc />
    public Tensor Energy(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var error = AmplitudeModel.Amplitude(farField) - _model.Amplitudes;
        return _model.Sum(error.square().mul_(0.5)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Gradient(Tensor farField)
    {
        using var scope = NewDisposeScope();
        return _model.Weighted(farField - Projected(farField)).MoveToOuterDisposeScope();
    }

    /// <summary>ψ + w (y ψ/a − ψ); with weight 1 the measured amplitude under the present phase.</summary>
    public Tensor Target(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var projected = Projected(farField);
        return (
            _model.HasWeights ? farField + _model.Weighted(projected - farField) : projected
        ).MoveToOuterDisposeScope();
    }

    Tensor IAmplitudeBased.Weighted(Tensor perPixel) => _model.Weighted(perPixel);

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();

    private Tensor Projected(Tensor farField) => AmplitudeModel.Direction(farField) * _model.Amplitudes;
}
