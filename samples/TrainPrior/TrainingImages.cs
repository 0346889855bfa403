using Ptycho.Diffusion.Data;

namespace Ptycho.Samples.TrainPrior;

/// <summary>Where crops come from: the blood-smear objects with their split, or a user's own folder.</summary>
internal static class TrainingImages
{
    // A stream of crops that no training seed meets.
    private const ulong ValidationSeed = 0x5641_4C49_4441_5445;

    /// <summary>Refuses, before any work, a choice of images that cannot be.</summary>
    /// <exception cref="ArgumentException">There is not one source.</exception>
    /// <exception cref="DirectoryNotFoundException">A folder is not there.</exception>
    /// <exception cref="FileNotFoundException">The prior to start from is not there.</exception>
    public static void Require(Settings settings)
    {
        if (settings.Objects is null == settings.Images is null)
            throw new ArgumentException("Give either --objects or --images.");
        string[] folders = settings.Images is { } own
            ? [own, Path.Combine(own, "training"), Path.Combine(own, "validation")]
            : [settings.Objects!];
        foreach (var folder in folders)
            if (!Directory.Exists(folder))
                throw new DirectoryNotFoundException($"The folder '{folder}' does not exist.");
        if (settings.StartFrom is { } prior && !File.Exists(prior))
            throw new FileNotFoundException($"The prior '{prior}' does not exist.");
    }

    public static IReadOnlyList<CropImage> Training(Settings settings) =>
        settings.Images is { } own
            ? CropImageFolder.Read(Path.Combine(own, "training"))
            : BloodSmearSplit.Training(settings.Objects!, settings.TrainOnValidation, settings.AberrationWeight);

    /// <summary>How crops are drawn.</summary>
    public static CropSamplerOptions Crops(Settings settings, ulong seed) =>
        new()
        {
            Seed = seed,
            Rotate = !settings.Upright,
            Flip = !settings.Upright,
        };

    /// <summary>Crops that are validated on, always the same ones.</summary>
    public static TrainingBatch ValidationCrops(Settings settings, ICropEncoder encoder)
    {
        if (settings.Images is not { } own)
            return BloodSmearSplit.ValidationCrops(
                settings.Objects!,
                encoder,
                settings.ValidationCrops,
                settings.Upright
            );
        var images = CropImageFolder.Read(Path.Combine(own, "validation"));
        var crops = new CropSampler(images, Crops(settings, ValidationSeed));
        var stage = new CropStage { Size = settings.LargeCrop, BatchSize = settings.ValidationCrops };
        return new CropBatchSource(crops, encoder, stage).Create(0, 0);
    }

    /// <summary>Where the data come from, as a note in the prior.</summary>
    public static string Note(Settings settings) =>
        settings.Images is { } own
            ? $"images of {Path.GetFileName(Path.TrimEndingDirectorySeparator(own))}"
            : "blood-smear objects recovered by Fourier ptychography; see NOTICE";
}
