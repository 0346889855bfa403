using Ptycho.Physics.Measurements;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// Huber's loss of amplitudes: ½ e² up to |e| = δ, δ(|e| − ½δ) beyond, e = a − y. Outliers pull with a bounded force.
/// </summary>
public sealed class HuberLikelihood : IMajorizedLikelihood, IAmplitudeBased
{
    private readonly AmplitudeModel _model;
    private readonly double _delta;
    private readonly Scalar _upper;
    private readonly Scalar _lower;

    /// <summary>Takes a measurement's amplitudes and mask; both are copied.</summary>
    /// <param name="data">The data.</param>
    /// <param name="delta">δ in the amplitudes' unit, above 0; a few times the noise σ_a is usual.</param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    public HuberLikelihood(DiffractionData data, double delta, Device? device = null)
    {
        if (!(delta > 0) || double.IsInfinity(delta))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "δ must be finite and above 0.");
        _model = new AmplitudeModel(data, device);
        _delta = delta;
        _upper = delta;
        _lower = -delta;
    }

    /// <inheritdoc />
    public string Name => "amplitude Huber";

    /// <inheritdoc />
    public Tensor Energy(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var error = (AmplitudeModel.Amplitude(farField) - _model.Amplitudes).abs();
        var inner = error.clamp_max(_upper);
        return _model.Sum(inner * (error - inner * 0.5)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Gradient(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var error = (AmplitudeModel.Amplitude(farField) - _model.Amplitudes).clamp(_lower, _upper);
        return (AmplitudeModel.Direction(farField) * _model.Weighted(error)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Target(Tensor farField)
    {
        using var scope = NewDisposeScope();
        return (farField - Gradient(farField)).MoveToOuterDisposeScope();
    }

    Tensor IAmplitudeBased.Weighted(Tensor perPixel) => _model.Weighted(perPixel);

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();

    /// <inheritdoc />
    public override string ToString() => $"{Name}, δ = {_delta:g3}";
}
