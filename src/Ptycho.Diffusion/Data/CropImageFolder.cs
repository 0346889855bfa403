using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Matlab;
using Ptycho.IO.Numpy;

namespace Ptycho.Diffusion.Data;

/// <summary>
/// A folder of complex images as the source of crops: npy, npz and mat (version 5) files, in the order of their names.
/// Of an npz or mat file the array "object" is taken where there is one, so that a reconstruction's probe or pupil is not
/// taken for an image; otherwise every complex array is. An array is one image [H, W] or a stack [N, H, W].
/// </summary>
public static class CropImageFolder
{
    private const string ObjectKey = "object";
    private static readonly string[] s_endings = [".npy", ".npz", ".mat"];

    /// <summary>Reads all images of a folder; folders in it are not looked into.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="normalise">
    /// Whether each image is divided by its median magnitude, which the default numbers of the magnitude-phase transform
    /// expect to be 1. False keeps the values as they are.
    /// </param>
    /// <returns>Images named after their file, and after the array and place where a file holds several.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="InvalidDataException">
    /// The folder has no such file, or a file is damaged, has no complex image, or an image has a value that is not finite
    /// or a median magnitude of 0; file and array are named.
    /// </exception>
    public static IReadOnlyList<CropImage> Read(string folder, bool normalise = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var paths = Directory
            .EnumerateFiles(folder)
            .Where(path => s_endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (paths.Length == 0)
            throw new InvalidDataException($"{folder} has no npy, npz or mat file.");
        return [.. paths.SelectMany(path => ReadFile(path, normalise))];
    }

    private static CropImage[] ReadFile(string path, bool normalise)
    {
        var file = Path.GetFileName(path);
        var arrays = Arrays(path);
        var images = arrays
            .Where(entry => !arrays.ContainsKey(ObjectKey) || entry.Key.Equals(ObjectKey, StringComparison.Ordinal))
            .Where(entry => ElementTypes.IsComplex(entry.Value.ElementType) && entry.Value.Shape.Length is 2 or 3)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .SelectMany(entry => Planes(entry.Key.Length == 0 ? file : $"{file}:{entry.Key}", entry.Value))
            .ToArray();
        if (images.Length == 0)
            throw new InvalidDataException(
                $"{path} holds no complex image [H, W] or [N, H, W]; it has {string.Join(", ", arrays.Select(Describe))}."
            );
        return [.. images.Select(image => Make(path, image.Name, image.Field, normalise))];
    }

    private static string Describe(KeyValuePair<string, NumericArray> entry) =>
        entry.Key.Length == 0 ? entry.Value.ToString() : $"'{entry.Key}' {entry.Value}";

    private static IReadOnlyDictionary<string, NumericArray> Arrays(string path) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".NPZ" => NpzFile.Read(path),
            ".MAT" => MatFile.Read(path),
            _ => new Dictionary<string, NumericArray>(StringComparer.Ordinal) { [""] = NpyFile.Read(path) },
        };

    private static IEnumerable<(string Name, ComplexField Field)> Planes(string name, NumericArray array)
    {
        if (array.Shape.Length == 2)
        {
            if (array.Length > 0)
                yield return (name, array.ToComplexField());
            yield break;
        }
        var (height, width) = (array.Shape[1], array.Shape[2]);
        var values = array.ToInterleavedSingle();
        for (var plane = 0; plane < array.Shape[0] && array.Length > 0; plane++)
        {
            var field = new ComplexField(height, width);
            for (var i = 0; i < field.Length; i++)
            {
                field.Real[i] = values[2 * (plane * field.Length + i)];
                field.Imaginary[i] = values[2 * (plane * field.Length + i) + 1];
            }
            yield return ($"{name}[{plane}]", field);
        }
    }

    private static CropImage Make(string path, string name, ComplexField field, bool normalise)
    {
        try
        {
            // The check of an image's values comes before their median, which NaN would spoil.
            var image = new CropImage(name, field);
            if (normalise)
                Normalise(name, field);
            return image;
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    private static void Normalise(string name, ComplexField field)
    {
        var magnitudes = new float[field.Length];
        for (var i = 0; i < magnitudes.Length; i++)
            magnitudes[i] = float.Hypot(field.Real[i], field.Imaginary[i]);
        Array.Sort(magnitudes);
        var median = magnitudes[magnitudes.Length / 2];
        if (!(median > 0))
            throw new ArgumentException($"Image '{name}' has a median magnitude of 0.", nameof(field));
        for (var i = 0; i < field.Length; i++)
        {
            field.Real[i] /= median;
            field.Imaginary[i] /= median;
        }
    }
}
