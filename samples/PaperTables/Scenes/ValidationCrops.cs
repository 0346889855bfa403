using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.Samples.Demo.Scenes;
using Ptycho.Samples.TrainPrior;

namespace Ptycho.Samples.PaperTables.Scenes;

/// <summary>Crops of the validation block, on which options may be chosen. Crop i of a seed is always the same one.</summary>
internal sealed class ValidationCrops(string objects, ulong seed)
{
    private readonly CropSampler _sampler = new(
        BloodSmearSplit.Validation(objects),
        new CropSamplerOptions { Seed = seed, Flip = false }
    );

    /// <summary>Crop number <paramref name="crop"/>, from 1.</summary>
    public ComplexField Take(int crop) => _sampler.Sample((ulong)crop, TestCrops.Size).Field;
}
