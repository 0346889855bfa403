using System.Buffers.Binary;
using System.IO.Compression;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.IO.Tests.Arrays;

namespace Ptycho.IO.Tests.Numpy;

public class NpzFileTests
{
    [Test]
    public void ReadsARealFile()
    {
        var arrays = NpzFile.Read(TestData.File("probe32.npz"));
        Assert.That(arrays["H"].ToString(), Is.EqualTo("Complex64 [32, 32]"));
        // max|P| = 1 by the definition of the standard probes.
        var probe = arrays["P1"].ToComplexField();
        Assert.That(Enumerable.Range(0, 32 * 32).Max(i => probe[i / 32, i % 32].Magnitude), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void ReadsSomeArraysOfARealFile()
    {
        var path = TestData.File("ptycho_small.npz");
        Assert.That(NpzFile.ReadKeys(path), Does.Contain("clamp_noisy").And.Contains("pad_positions"));
        var arrays = NpzFile.Read(path, ["clamp_noisy"]);
        Assert.That(arrays.Keys, Is.EqualTo(new[] { "clamp_noisy" }));
        Assert.That(arrays["clamp_noisy"].Shape, Is.EqualTo(new[] { 49, 32, 32 }));
        Assert.That(
            () => NpzFile.Read(path, ["clamp_noise"]),
            Throws
                .TypeOf<InvalidDataException>()
                .With.Message.Contains("'clamp_noise'")
                .And.Message.Contains("clamp_noisy")
        );
    }

    [Test]
    public void ATextBesideTheArraysIsNamed() =>
        Assert.That(
            () => NpzFile.Read(TestData.File("ptycho_small.npz")),
            Throws
                .TypeOf<InvalidDataException>()
                .With.Message.Contains("metric_names.npy")
                .And.Message.Contains("it is text")
                .And.Message.Contains("keys")
        );

    [Test]
    public void ArraysComeBackInOrder([Values] bool compress)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(6);
        var path = folder.File("a.npz");
        var arrays = new OrderedDictionary<string, NumericArray>();
        foreach (var type in SampleArrays.AllTypes.Where(t => t != ElementType.BFloat16))
            arrays.Add($"z/π {type}", SampleArrays.Random(type, random, SampleArrays.RandomShape(random)));
        NpzFile.Write(path, arrays, compress);
        var back = NpzFile.Read(path);
        Assert.That(back.Keys, Is.EqualTo(arrays.Keys));
        foreach (var (key, array) in arrays)
            SampleArrays.AssertSame(back[key], array);
        Assert.That(NpzFile.ReadKeys(path), Is.EqualTo(arrays.Keys));
    }

    [Test]
    public void StoredOrDeflatedAsAsked()
    {
        var arrays = new Dictionary<string, NumericArray>
        {
            ["zeros"] = NumericArray.Create<byte>(new byte[10000], 10000),
        };
        using var stored = new MemoryStream();
        using var deflated = new MemoryStream();
        NpzFile.Write(stored, arrays);
        NpzFile.Write(deflated, arrays, compress: true);
        Assert.That(stored.Length, Is.GreaterThan(10000));
        Assert.That(deflated.Length, Is.LessThan(1000));
    }

    [Test]
    public void TheSameArraysGiveTheSameBytes()
    {
        var (first, second) = (Small(), Small());
        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase("../a.npy", "..")]
    [TestCase("a/../../b.npy", "..")]
    [TestCase("/etc/a.npy", "absolute")]
    [TestCase("C:a.npy", "absolute")]
    [TestCase("a\\b.npy", "backslash")]
    [TestCase("a\nb.npy", "control")]
    [TestCase(".npy", "empty")]
    [TestCase("readme.txt", "not an .npy")]
    public void BadNamesAreRefused(string entry, string problem)
    {
        using var stream = Archive(entry);
        Assert.That(
            () => NpzFile.Read(stream, "x.npz", null),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("x.npz").And.Message.Contains(problem)
        );
        if (entry.EndsWith(".npy", StringComparison.Ordinal))
        {
            var arrays = new Dictionary<string, NumericArray> { [entry[..^4]] = SampleArrays.Singles(1) };
            Assert.That(
                () => NpzFile.Write(Stream.Null, arrays),
                Throws.ArgumentException.With.Message.Contains(problem)
            );
        }
    }

    [Test]
    public void DuplicatesAreRefused()
    {
        using var stream = Archive("a.npy", "b.npy", "a.npy");
        Assert.That(
            () => NpzFile.Read(stream, "x.npz", null),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("'a.npy' appears twice")
        );
    }

    [TestCase(1_000_000_000, "cannot come from")]
    [TestCase(140, "cannot be unpacked|needs|longer|truncated")]
    [TestCase(130, "needs")]
    public void ALieAboutTheSizeIsRefused(int declared, string problem)
    {
        var bytes = Small(compress: true);
        var central = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(central + 24), declared);
        using var stream = new MemoryStream(bytes);
        Assert.That(
            () => NpzFile.Read(stream, "x.npz", null),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("x.npz").And.Message.Match(problem)
        );
    }

    [Test]
    public void AnElementChangedInTheFileIsNoticed()
    {
        var bytes = Small();
        var central = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bytes[central - 1] ^= 1;
        using var stream = new MemoryStream(bytes);
        Assert.That(
            () => NpzFile.Read(stream, "x.npz", null),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("x.npz: a.npy").And.Message.Contains("checksum")
        );
    }

    [Test]
    public void SomethingElseIsNotAnArchive()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        Assert.That(() => NpzFile.Read(stream, "x.npz", null), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => NpzFile.Read("/no/such.npz"), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void EveryTruncationIsRefused([Values] bool compress) =>
        Corruption.AssertEveryTruncationIsRefused(Small(compress), Read);

    [Test]
    public void DamageIsReadOrRefused([Values] bool compress) => Corruption.Fuzz(Small(compress), Read, 2000, 13);

    private static void Read(Stream stream, string name) => NpzFile.Read(stream, name, null);

    private static byte[] Small(bool compress = false)
    {
        using var stream = new MemoryStream();
        NpzFile.Write(stream, new Dictionary<string, NumericArray> { ["a"] = SampleArrays.Singles(1, 2) }, compress);
        return stream.ToArray();
    }

    private static MemoryStream Archive(params string[] names)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names)
            {
                using var content = archive.CreateEntry(name).Open();
                NpyFile.Write(content, SampleArrays.Singles(1));
            }
        return stream;
    }
}
