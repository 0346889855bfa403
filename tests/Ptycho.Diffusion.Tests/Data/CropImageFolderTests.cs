using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;

namespace Ptycho.Diffusion.Tests.Data;

public sealed class CropImageFolderTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ptycho-images-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    private string In(string name) => Path.Combine(folder, name);

    private static ComplexField Field(int height, int width, double magnitude)
    {
        var field = new ComplexField(height, width);
        for (var r = 0; r < height; r++)
        for (var c = 0; c < width; c++)
            field[r, c] = System.Numerics.Complex.FromPolarCoordinates(magnitude * (1 + 0.01 * (r - c)), 0.1 * r);
        return field;
    }

    [Test]
    public void Every_complex_image_of_every_file_is_taken_in_the_order_of_names()
    {
        NpyFile.Write(In("b.npy"), NumericArray.FromComplexField(Field(9, 7, 1)));
        var stack = NumericArray.CreateComplex64(
            [.. Enumerable.Range(1, 2 * 2 * 3 * 5).Select(i => (float)i)],
            2,
            3,
            5
        );
        NpzFile.Write(
            In("a.npz"),
            new Dictionary<string, NumericArray>
            {
                ["stack"] = stack,
                ["first"] = NumericArray.FromComplexField(Field(4, 6, 1)),
                ["pixel_size"] = NumericArray.Create<float>([1f]),
            }
        );
        File.WriteAllText(In("notes.txt"), "not an image");
        var images = CropImageFolder.Read(folder, normalise: false);
        Assert.That(
            images.Select(i => $"{i.Name} {i.Image.Height}×{i.Image.Width}"),
            Is.EqualTo(new[] { "a.npz:first 4×6", "a.npz:stack[0] 3×5", "a.npz:stack[1] 3×5", "b.npy 9×7" })
        );
        Assert.That(images[2].Image[1, 2], Is.EqualTo(new System.Numerics.Complex(45, 46)));
        Assert.That(images[3].Image.Real, Is.EqualTo(Field(9, 7, 1).Real));
    }

    [Test]
    public void A_probe_beside_an_object_is_no_image()
    {
        NpzFile.Write(
            In("result.npz"),
            new Dictionary<string, NumericArray>
            {
                ["probe"] = NumericArray.FromComplexField(Field(4, 4, 1)),
                ["object"] = NumericArray.FromComplexField(Field(8, 6, 1)),
            }
        );
        Assert.That(CropImageFolder.Read(folder).Select(i => i.Name), Is.EqualTo(new[] { "result.npz:object" }));
    }

    [Test]
    public void Images_are_divided_by_their_median_magnitude()
    {
        NpyFile.Write(In("one.npy"), NumericArray.FromComplexField(Field(31, 31, 40)));
        var image = CropImageFolder.Read(folder).Single().Image;
        var magnitudes = image.Real.Zip(image.Imaginary, (re, im) => Math.Sqrt(re * re + im * im)).Order().ToArray();
        Assert.That(magnitudes[magnitudes.Length / 2], Is.EqualTo(1).Within(1e-5));
        Assert.That(image[30, 0].Magnitude, Is.EqualTo(1.3).Within(1e-4));
        Assert.That(image[12, 12].Phase, Is.EqualTo(1.2).Within(1e-5));
    }

    [Test]
    public void Crops_come_from_a_folder()
    {
        NpyFile.Write(In("one.npy"), NumericArray.FromComplexField(Field(60, 60, 3)));
        var crop = new CropSampler(CropImageFolder.Read(folder)).Sample(3, 16);
        Assert.That(crop.Field.Height, Is.EqualTo(16));
    }

    [Test]
    public void What_is_wrong_is_named()
    {
        Refused("no npy, npz or mat file");
        NpyFile.Write(In("real.npy"), NumericArray.Create<float>([1f, 2f], 1, 2));
        Refused("real.npy", "Float32 [1, 2]");
        File.Delete(In("real.npy"));

        var dark = new ComplexField(3, 3);
        NpyFile.Write(In("dark.npy"), NumericArray.FromComplexField(dark));
        Refused("dark.npy", "median magnitude of 0");
        dark.Real[4] = float.NaN;
        NpyFile.Write(In("dark.npy"), NumericArray.FromComplexField(dark));
        Refused("dark.npy", "row 1, column 1");
        File.Delete(In("dark.npy"));

        NpyFile.Write(In("cut.npy"), NumericArray.FromComplexField(Field(20, 20, 1)));
        File.WriteAllBytes(In("cut.npy"), File.ReadAllBytes(In("cut.npy"))[..200]);
        Refused("cut.npy");
        Assert.That(
            () => CropImageFolder.Read(In("nowhere")),
            Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("nowhere")
        );
    }

    private void Refused(params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => CropImageFolder.Read(folder))!;
        foreach (var part in parts)
            Assert.That(error.Message, Does.Contain(part));
    }
}
