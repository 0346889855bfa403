using System.Collections.Immutable;
using System.Text.Json;
using Ptycho.Diffusion.Transforms;

namespace Ptycho.Diffusion.Weights;

/// <summary>A data transform as it is stored: its name and numbers.</summary>
/// <param name="Name">The transform's name.</param>
/// <param name="Parameters">Its numbers by name.</param>
internal sealed record StoredTransform(string Name, ImmutableSortedDictionary<string, double> Parameters)
{
    public static StoredTransform Of(IDataTransform transform) =>
        transform is MagnitudePhaseTransform or RealImaginaryTransform
            ? new(transform.Name, transform.Parameters.ToImmutableSortedDictionary(StringComparer.Ordinal))
            : throw new NotSupportedException(
                $"The transform '{transform.Name}' cannot be stored; only the library's own can be read again."
            );

    public IDataTransform Create() =>
        Name switch
        {
            MagnitudePhaseTransform.StoredName => new MagnitudePhaseTransform(
                new MagnitudePhaseOptions
                {
                    MagnitudeMean = Number("magnitudeMean"),
                    MagnitudeScale = Number("magnitudeScale"),
                    PhaseScale = Number("phaseScale"),
                    ClipMinimum = Number("clipMinimum"),
                    ClipMaximum = Number("clipMaximum"),
                }
            ),
            RealImaginaryTransform.StoredName => new RealImaginaryTransform(
                new RealImaginaryOptions
                {
                    RealMean = Number("realMean"),
                    ImaginaryMean = Number("imaginaryMean"),
                    Scale = Number("scale"),
                    ClipMagnitude = Number("clipMagnitude"),
                }
            ),
            _ => throw new JsonException($"The transform '{Name}' is not known."),
        };

    private double Number(string key) =>
        Parameters.TryGetValue(key, out var number)
            ? number
            : throw new JsonException($"The transform's number '{key}' is missing.");
}
