using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.IO.Numpy;

namespace Ptycho.Samples.Demo.Scenes;

/// <summary>
/// Crops of the test object, the right half of blood_aberration, which no prior was trained on and no option chosen on.
/// Crop i of a seed is always the same one; the global phase is fixed by arg Σf = 0.
/// </summary>
internal sealed class TestCrops
{
    /// <summary>Pixels on a crop's side.</summary>
    public const int Size = 128;

    private const string ObjectFile = "aberration.npz";
    private const int ObjectSize = 512;
    private static readonly ImageRegion TestRegion = new(0, 256, 512, 256);
    private readonly CropSampler _sampler;

    /// <summary>Reads the object.</summary>
    /// <param name="objects">Folder with aberration.npz, which samples/FourierPtychography makes.</param>
    /// <param name="seed">Seed of places, angles and scales.</param>
    /// <exception cref="IOException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    public TestCrops(string objects, ulong seed) =>
        _sampler = new CropSampler(
            [new CropImage("aberration", Load(Path.Combine(objects, ObjectFile)), [TestRegion])],
            new CropSamplerOptions { Seed = seed, Flip = false }
        );

    /// <summary>Crop number <paramref name="crop"/>, from 1. Safe to call from several threads.</summary>
    public ComplexField Take(int crop) => _sampler.Sample((ulong)crop, Size).Field;

    private static ComplexField Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' does not exist; samples/FourierPtychography makes it.");
        if (!NpzFile.Read(path).TryGetValue("object", out var array))
            throw new InvalidDataException($"{path}: the key 'object' is missing.");
        var field = array.ToComplexField();
        if (field.Height != ObjectSize || field.Width != ObjectSize)
            throw new InvalidDataException(
                $"{path}: 'object' is {field.Height}×{field.Width}; its test region is defined for {ObjectSize}×{ObjectSize}."
            );
        return field;
    }
}
