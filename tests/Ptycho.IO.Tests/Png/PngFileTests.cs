using System.Buffers.Binary;
using System.IO.Compression;
using Ptycho.IO.Png;
using Ptycho.IO.Png.Codec;

namespace Ptycho.IO.Tests.Png;

public class PngFileTests
{
    [Test]
    public void ImagesComeBack()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(8);
        for (var i = 0; i < 30; i++)
        {
            var image = RandomImage(random, random.Next(1, 20), random.Next(1, 20), smooth: i % 2 == 0);
            PngFile.Write(folder.File("a.png"), image);
            var back = PngFile.Read(folder.File("a.png"));
            Assert.That((back.Width, back.Height), Is.EqualTo((image.Width, image.Height)));
            Assert.That(back.Pixels, Is.EqualTo(image.Pixels));
        }
    }

    [Test]
    public void ASmoothImageIsSmall()
    {
        var image = new RgbImage(256, 256);
        for (var row = 0; row < 256; row++)
        for (var column = 0; column < 256; column++)
            image[row, column] = new Rgb((byte)row, (byte)column, (byte)(row + column));
        using var stream = new MemoryStream();
        PngFile.Write(stream, image);
        // Without filters deflate needs more than 100 kB for it.
        Assert.That(stream.Length, Is.LessThan(5000));
    }

    [Test]
    public void EveryFilterIsUndone(
        [Range(0, 4)] int filter,
        [Values(1, 2, 3, 4)] int bytesPerPixel,
        [Values(1, 7, 24, 331)] int length
    )
    {
        var random = new Random(9);
        // Few values have many ties, and their ends wrap around.
        foreach (
            byte[] values in new byte[][]
            {
                [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
                [0, 1, 2, 127, 128, 254, 255],
            }
        )
        {
            var (row, previous) = (random.GetItems(values, length), random.GetItems(values, length));
            var filtered = new byte[length];
            PngFilter.Encode(filter, row, previous, bytesPerPixel, filtered);
            if (filter > 0 && length > bytesPerPixel)
                Assert.That(filtered, Is.Not.EqualTo(row));
            var cost = filtered.Sum(difference => Math.Abs((int)(sbyte)difference));
            Assert.That(PngFilter.Cost(filtered), Is.EqualTo(cost));
            PngFilter.Decode(filter, filtered, previous, bytesPerPixel);
            Assert.That(filtered, Is.EqualTo(row));
        }
    }

    [Test]
    public void FiltersFollowTheSpecification()
    {
        // One pixel with left 10, above 20, corner 14: Paeth's estimate 16 is nearest to 14, the mean is 15.
        byte[] previous = [14, 20];
        int[] expected = [100, 90, 80, 85, 86];
        for (var filter = 0; filter < PngFilter.Count; filter++)
        {
            var filtered = new byte[2];
            PngFilter.Encode(filter, [10, 100], previous, 1, filtered);
            Assert.That(filtered[1], Is.EqualTo(expected[filter]), $"filter {filter}");
        }
    }

    [TestCase(0, new byte[] { 7 }, 7, 7, 7)]
    [TestCase(2, new byte[] { 1, 2, 3 }, 1, 2, 3)]
    [TestCase(4, new byte[] { 0, 0 }, 255, 255, 255)]
    [TestCase(4, new byte[] { 9, 255 }, 9, 9, 9)]
    [TestCase(6, new byte[] { 0, 100, 200, 51 }, 204, 224, 244)]
    public void EveryColorTypeIsRead(int colorType, byte[] pixel, int r, int g, int b)
    {
        using var stream = Raw(1, 1, colorType, [0, .. pixel]);
        Assert.That(PngFile.Read(stream, "x")[0, 0], Is.EqualTo(new Rgb((byte)r, (byte)g, (byte)b)));
    }

    [Test]
    public void WrongContentIsNamed()
    {
        Refused(Raw(1, 1, 3, [0, 0]), "colour type 3");
        Refused(Raw(1, 1, 0, [0, 0], depth: 16), "16 bits");
        Refused(Raw(1, 1, 0, [0, 0], interlace: 1), "interlaced");
        Refused(Raw(0, 1, 0, [0, 0]), "0×1");
        Refused(Raw(-5, 1, 0, [0, 0]), "cannot be read");
        Refused(Raw(30000, 20000, 0, [0, 0]), "cannot come from");
        Refused(Raw(int.MaxValue, int.MaxValue, 2, [0, 0]), "cannot be read");
        Refused(Raw(1, 1, 0, [5, 0]), "filter 5");
        Refused(Raw(2, 1, 0, [0, 0]), "truncated");
        Refused(Raw(1, 1, 0, [0, 0, 0]), "more pixels");
        Refused(new MemoryStream([.. "not a PNG file"u8]), "signature");
    }

    [Test]
    public void ChunksAreChecked()
    {
        var image = new RgbImage(2, 2);
        using var good = new MemoryStream();
        PngFile.Write(good, image);
        var bytes = good.ToArray();
        bytes[8 + 8 + 3] ^= 1;
        Refused(new MemoryStream(bytes), "checksum of the chunk 'IHDR'");

        var pixels = Packed([0, 0]);
        Refused(Chunks(("IDAT", pixels), ("IHDR", Header(1, 1, 0)), ("IEND", [])), "first chunk");
        Refused(Chunks(("IHDR", Header(1, 1, 0)), ("WHAT", []), ("IDAT", pixels), ("IEND", [])), "'WHAT'");
        var split = new (string, byte[])[]
        {
            ("IHDR", Header(1, 1, 0)),
            ("IDAT", pixels[..3]),
            ("tEXt", [1, 2]),
            ("IDAT", pixels[3..]),
            ("IEND", []),
        };
        Refused(Chunks(split), "not together");
        (split[2], split[1]) = (split[1], split[2]);
        Assert.That(PngFile.Read(Chunks(split), "x")[0, 0], Is.EqualTo(Rgb.Black));
    }

    [Test]
    public void EveryTruncationIsRefused() => Corruption.AssertEveryTruncationIsRefused(Small(), Read);

    [Test]
    public void DamageIsReadOrRefused() => Corruption.Fuzz(Small(), Read, 2000, 14);

    [Test]
    public void DamageBehindRightChecksumsIsReadOrRefused()
    {
        // The chunks' checksums stop nearly all damage; here the unpacker and the filters meet it.
        var pixels = Packed([0, 1, 2, 3, 1, 4, 5, 6, 4, 7, 8, 9]);
        Corruption.Fuzz(
            pixels,
            (stream, name) =>
            {
                var damaged = ((MemoryStream)stream).ToArray();
                PngFile.Read(Chunks(("IHDR", Header(3, 3, 0)), ("IDAT", damaged), ("IEND", [])), name);
            },
            2000,
            15
        );
    }

    private static void Read(Stream stream, string name) => PngFile.Read(stream, name);

    private static byte[] Small()
    {
        using var stream = new MemoryStream();
        PngFile.Write(stream, RandomImage(new Random(10), 5, 4, smooth: true));
        return stream.ToArray();
    }

    private static RgbImage RandomImage(Random random, int width, int height, bool smooth)
    {
        var image = new RgbImage(width, height);
        random.NextBytes(image.Pixels);
        for (var i = 3; smooth && i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(image.Pixels[i - 3] + random.Next(-2, 3));
        return image;
    }

    private static void Refused(MemoryStream stream, string problem)
    {
        using (stream)
            Assert.That(
                () => PngFile.Read(stream, "x.png"),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("x.png").And.Message.Contains(problem)
            );
    }

    private static MemoryStream Raw(
        int width,
        int height,
        int colorType,
        byte[] raw,
        int depth = 8,
        int interlace = 0
    ) => Chunks(("IHDR", Header(width, height, colorType, depth, interlace)), ("IDAT", Packed(raw)), ("IEND", []));

    private static byte[] Header(int width, int height, int colorType, int depth = 8, int interlace = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colorType, (byte)interlace);
        return header;
    }

    private static byte[] Packed(byte[] raw)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(raw);
        return packed.ToArray();
    }

    private static MemoryStream Chunks(params (string Type, byte[] Data)[] chunks)
    {
        var stream = new MemoryStream();
        stream.Write(PngChunks.Signature);
        foreach (var (type, data) in chunks)
            PngChunks.Write(stream, type, data);
        stream.Position = 0;
        return stream;
    }
}
