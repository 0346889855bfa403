using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.Physics.Objects;
using Ptycho.Samples.TrainPrior;
using Ptycho.Samples.Uncertainty.Commands;

namespace Ptycho.Samples.Uncertainty.Sampling;

/// <summary>Objects with a known truth: phantoms, or crops of the validation block, on which priors are not trained.</summary>
internal sealed class ObjectSource(Settings settings)
{
    private readonly CropSampler? _crops = settings.Objects is { } folder
        ? new CropSampler(
            BloodSmearSplit.Validation(folder),
            new CropSamplerOptions { Seed = settings.Run.Seed, Flip = false }
        )
        : null;

    /// <summary>Object number <paramref name="index"/>, from 1.</summary>
    public ComplexField Take(int index) =>
        _crops?.Sample((ulong)index, settings.Size).Field
        ?? BloodSmearPhantom.Create(settings.Size, settings.Size, settings.Run.Seed + (ulong)index);
}
