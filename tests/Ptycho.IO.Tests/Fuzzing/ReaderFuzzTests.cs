using Ptycho.IO.Arrays;
using Ptycho.IO.Matlab;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.IO.Safetensors;
using Ptycho.IO.Tiff;

namespace Ptycho.IO.Tests.Fuzzing;

/// <summary>
/// A hundred thousand damaged files for each reader of a stream; the short version of the same runs with every build.
/// Each must be read, or refused with InvalidDataException that names it, in at most 4 MiB of memory.
/// </summary>
public class ReaderFuzzTests
{
    private const int Many = 100_000;

    private static readonly Dictionary<string, string> Metadata = new(StringComparer.Ordinal) { ["note"] = "3" };

    public static IEnumerable<TestCaseData> Readers()
    {
        var array = NumericArray.Create<float>([.. Enumerable.Range(0, 60).Select(i => i * 0.5f)], 3, 4, 5);
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            ["data"] = array,
            ["scan"] = NumericArray.Create<double>([1, 2, 3, 4], 2, 2),
            ["counts"] = NumericArray.Create<ushort>([1, 2, 3, 4], 4),
        };
        yield return Case("npy", Bytes(s => NpyFile.Write(s, array)), (s, n) => NpyFile.Read(s, n));
        yield return Case("npy in parts", Bytes(s => NpyFile.Write(s, array)), ReadParts);
        yield return Case("npz stored", Bytes(s => NpzFile.Write(s, arrays)), ReadNpz);
        yield return Case("npz deflated", Bytes(s => NpzFile.Write(s, arrays, compress: true)), ReadNpz);
        yield return Case(
            "safetensors",
            Bytes(s => SafetensorsFile.Write(s, new SafetensorsContent(arrays, Metadata))),
            (s, n) => SafetensorsFile.Read(s, n)
        );
        yield return Case("MAT", Data("mat/plain.mat"), (s, n) => MatFile.ReadContent(s, n));
        yield return Case("MAT compressed", Data("mat/compressed.mat"), (s, n) => MatFile.ReadContent(s, n));
        yield return Case("MAT others", Data("mat/others.mat"), (s, n) => MatFile.ReadContent(s, n));
        yield return Case("PNG", Bytes(s => PngFile.Write(s, Image())), (s, n) => PngFile.Read(s, n));
        foreach (
            var name in (string[])
                [
                    "type-u2",
                    "big-endian",
                    "big",
                    "tiles",
                    "tiles-deflate",
                    "deflate-float",
                    "described",
                    "pillow-lzw-u1",
                ]
        )
            yield return Case($"TIFF {name}", Data($"tiff/{name}.tif"), ReadTiff);
        yield return Case("TIFF PackBits", Data("tiff/pillow-packbits-u1.tif"), ReadTiff);
    }

    [TestCaseSource(nameof(Readers))]
    public void DamageIsReadOrRefused(byte[] good, Corruption.Reader read) => Corruption.Fuzz(good, read, 300, 21);

    [Category("Long")]
    [TestCaseSource(nameof(Readers))]
    public void AHundredThousandDamagedFilesAreReadOrRefused(byte[] good, Corruption.Reader read)
    {
        Corruption.Fuzz(good, read, Many, 22);
        for (var length = 0; length < good.Length; length++)
            Corruption.ReadsOrRefuses(good[..length], read);
    }

    private static TestCaseData Case(string name, byte[] good, Corruption.Reader read) =>
        new TestCaseData(good, read).SetArgDisplayNames(name);

    private static byte[] Data(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", name));

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static void ReadNpz(Stream stream, string name) => NpzFile.Read(stream, name, null);

    private static void ReadParts(Stream stream, string name)
    {
        using var source = NpySource.Open(stream, name);
        ReadAll(source);
    }

    private static void ReadTiff(Stream stream, string name)
    {
        using var stack = TiffStack.Open(stream, name);
        ReadAll(stack);
    }

    private static void ReadAll(IArraySource source)
    {
        if (!source.Shape.IsEmpty)
            source.ReadRange(0, source.Shape[0]);
    }

    private static RgbImage Image()
    {
        var image = new RgbImage(9, 7);
        for (var y = 0; y < 7; y++)
        for (var x = 0; x < 9; x++)
            image[y, x] = new Rgb((byte)(x * 20), (byte)(y * 30), (byte)(x * y));
        return image;
    }
}
