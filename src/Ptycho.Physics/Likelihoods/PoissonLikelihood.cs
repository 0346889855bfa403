using Ptycho.Physics.Measurements;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Likelihoods;

/// <summary>
/// The negative log-likelihood of Poisson counts, E = ¼ Σ w (a² − y² − y² ln(a²/y²)), in the unit in which its curvature
/// at a = y is 1 as that of the amplitude likelihood: one over the counts per unit has been taken out. Where a
/// vanishes and y does not, a small floor of the intensity keeps it finite.
/// </summary>
public sealed class PoissonLikelihood : ILikelihood
{
    private readonly AmplitudeModel _model;
    private readonly Scalar _floor;

    /// <summary>Takes a measurement's amplitudes and mask; both are copied.</summary>
    /// <param name="data">The data.</param>
    /// <param name="floor">
    /// Least intensity of the model, above 0, in the data's intensity unit; null takes half a count, or 1e-6 of the
    /// largest intensity where the counts are not known.
    /// </param>
    /// <param name="device">Where the work is done; the CPU by default.</param>
    public PoissonLikelihood(DiffractionData data, double? floor = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (floor is { } given && !(given > 0 && double.IsFinite(given)))
            throw new ArgumentOutOfRangeException(nameof(floor), given, "The floor must be finite and above 0.");
        _model = new AmplitudeModel(data, device);
        using var scope = NewDisposeScope();
        _floor =
            floor
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
        var model = AmplitudeModel.Amplitude(farField).square().clamp_min(_floor);
        var data = _model.Amplitudes.square();
        // y² ln(a²/y²) is 0 where no photon was counted.
        var logs = data * (model / data.clamp_min(_floor)).log();
        return _model.Sum((model - data - logs) * 0.25).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public Tensor Gradient(Tensor farField)
    {
        using var scope = NewDisposeScope();
        var model = AmplitudeModel.Amplitude(farField).square().clamp_min(_floor);
        var factor = (1 - _model.Amplitudes.square() / model) * 0.5;
        return (farField * _model.Weighted(factor)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();
}
