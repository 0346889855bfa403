using Ptycho.Physics.Measurements;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// The negative log-likelihood of Poisson counts, E = ¼ Σ w (m − n − n ln(m/n)) with m = a² + b and n = y² + b, in the
/// unit in which its curvature at a = y is 1 as that of the amplitude likelihood: one over the counts per unit has been
/// taken out. The small background b keeps it finite where the model has no light and the data have, and leaves the
/// least energy at a = y.
/// </summary>
public sealed class PoissonLikelihood : ILikelihood, IAmplitudeBased
{
    private readonly AmplitudeModel _model;
    private readonly Scalar _background;

    /// <summary>Takes a measurement's amplitudes and mask; both are copied.</summary>
    /// <param name="data">The data.</param>
    /// <param name="background">
    /// b, above 0, in the data's intensity unit; null takes half a count, or 1e-6 of the
    /// largest intensity where the counts are not known.
    /// </param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    public PoissonLikelihood(DiffractionData data, double? background = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (background is { } given && !(given > 0 && double.IsFinite(given)))
            throw new ArgumentOutOfRangeException(
                nameof(background),
                given,
                "The background must be finite and above 0."
            );
        _model = new AmplitudeModel(data, device);
        using var scope = NewDisposeScope();
        _background =
            background
            ?? (
                data.CountsPerUnit is { } counts
                    ? 0.5 / counts
                    : 1e-6 * Math.Pow(Math.Max(1e-15, _model.Amplitudes.max().ToDouble()), 2)
            );
    }

    /// <inheritdoc />
    public string Name => "Poisson";

    /// <inheritdoc />
    public Tensor Energy(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var model = AmplitudeModel.Amplitude(farField).square() + _background;
        var data = _model.Amplitudes.square() + _background;
        var logs = data * (model / data).log();
        return _model.Sum((model - data - logs) * 0.25).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Gradient(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var model = AmplitudeModel.Amplitude(farField).square() + _background;
        var factor = (1 - (_model.Amplitudes.square() + _background) / model) * 0.5;
        return (farField * _model.Weighted(factor)).MoveToOuterDisposeScope();
    }

    Tensor IAmplitudeBased.Weighted(Tensor perPixel) => _model.Weighted(perPixel);

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();
}
