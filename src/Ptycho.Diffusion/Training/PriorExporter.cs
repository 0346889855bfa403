using System.Collections.Immutable;
using System.Globalization;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Transforms;
using Ptycho.Diffusion.Weights;

namespace Ptycho.Diffusion.Training;

/// <summary>
/// Saves a network in training as a prior, without taking the network over: the file is what
/// <see cref="NetworkPrior.Load"/> reads. Meant for a trainer's export, where the averaged weights are in place.
/// </summary>
/// <param name="network">The network; not owned.</param>
/// <param name="schedule">The schedule it is trained with.</param>
/// <param name="transform">The data transform.</param>
/// <param name="prediction">What it predicts.</param>
/// <param name="description">Gauge rule and notes; the step is added to the notes.</param>
public sealed class PriorExporter(
    ScoreNetwork network,
    NoiseSchedule schedule,
    IDataTransform transform,
    Prediction prediction,
    PriorDescription? description = null
)
{
    /// <summary>Writes the prior, whole or not at all.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="step">Steps taken, stored as note "step".</param>
    /// <param name="notes">More notes, for example a validation score; optional.</param>
    /// <param name="storage">The numbers' format.</param>
    /// <exception cref="ArgumentException">A weight is too large for float16; its key is named.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(
        string path,
        long step,
        IEnumerable<KeyValuePair<string, string>>? notes = null,
        WeightStorage storage = WeightStorage.Float16
    )
    {
        var described = description ?? new PriorDescription();
        ImmutableSortedDictionary<string, string> all = described
            .Notes.SetItems(notes ?? [])
            .SetItem("step", step.ToString(CultureInfo.InvariantCulture));
        PriorFile.Write(path, network, schedule, transform, prediction, described with { Notes = all }, storage);
    }
}
