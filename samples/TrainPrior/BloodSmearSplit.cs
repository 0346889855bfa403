using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.IO.Numpy;

namespace Ptycho.Samples.TrainPrior;

/// <summary>
/// Who may see what of the four recovered 512×512 blood-smear objects. Training: red, green and blue without their
/// lower right 256×256 block (an L of two overlapping rectangles), and the left half of the aberration object.
/// Validation: that block of red, green and blue. Test: the right half of the aberration object; no code here reads it
/// beyond loading the file.
/// </summary>
internal static class BloodSmearSplit
{
    /// <summary>Pixels on the side of a crop that is validated on.</summary>
    public const int ValidationSize = 128;

    // A stream of crops that no training seed meets.
    private const ulong ValidationSeed = 0x5641_4C49_4441_5445;
    private const int Size = 512;
    private const int Half = Size / 2;
    private static readonly string[] Colours = ["red", "green", "blue"];
    private static readonly ImageRegion[] TrainingL = [new(0, 0, Half, Size), new(0, 0, Size, Half)];
    private static readonly ImageRegion[] ValidationBlock = [new(Half, Half, Half, Half)];
    private static readonly ImageRegion[] LeftHalf = [new(0, 0, Size, Half)];

    /// <summary>Training images; with everything allowed, the validation block is trained on as well.</summary>
    public static IReadOnlyList<CropImage> Training(string folder, bool withValidation, double aberrationWeight) =>
        [
            .. Colours.Select(c => new CropImage(c, Load(folder, c), withValidation ? null : TrainingL)),
            new CropImage("aberration", Load(folder, "aberration"), LeftHalf, aberrationWeight),
        ];

    public static IReadOnlyList<CropImage> Validation(string folder) =>
        [.. Colours.Select(c => new CropImage(c, Load(folder, c), ValidationBlock))];

    /// <summary>Crops of the validation block, always the same ones.</summary>
    /// <param name="folder">The objects' folder.</param>
    /// <param name="encoder">Turns crops into channels.</param>
    /// <param name="count">How many.</param>
    /// <param name="upright">Neither turned nor mirrored, as a prior that was trained so has to be measured.</param>
    public static TrainingBatch ValidationCrops(string folder, ICropEncoder encoder, int count, bool upright)
    {
        var options = new CropSamplerOptions
        {
            Seed = ValidationSeed,
            Rotate = !upright,
            Flip = !upright,
        };
        var crops = new CropSampler(Validation(folder), options);
        var stage = new CropStage { Size = ValidationSize, BatchSize = count };
        return new CropBatchSource(crops, encoder, stage).Create(0, 0);
    }

    private static ComplexField Load(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".npz");
        if (!NpzFile.Read(path).TryGetValue("object", out var array))
            throw new InvalidDataException($"{path} has no array 'object'.");
        var field = array.ToComplexField();
        if (field.Height != Size || field.Width != Size)
            throw new InvalidDataException(
                $"{path}: 'object' is {field.Height}×{field.Width}; the split is defined for {Size}×{Size}."
            );
        return field;
    }
}
