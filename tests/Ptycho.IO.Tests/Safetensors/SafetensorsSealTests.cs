using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;

namespace Ptycho.IO.Tests.Safetensors;

public class SafetensorsSealTests
{
    private static readonly SafetensorsContent Content = new(
        new Dictionary<string, NumericArray>
        {
            ["a"] = NumericArray.Create<float>([1, 2, 3, 4], 2, 2),
            ["b"] = NumericArray.Create<double>([5, 6], 2),
        },
        new Dictionary<string, string> { ["step"] = "12", ["x"] = "yz" }
    );

    [Test]
    public void WhatWasSealedIsAcceptedFromItsFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        SafetensorsFile.Write(path, SafetensorsSeal.Add(Content));
        var read = SafetensorsFile.Read(path);
        Assert.That(() => SafetensorsSeal.Require(read, path), Throws.Nothing);
        Assert.That(
            SafetensorsSeal.Add(read).Metadata,
            Is.EquivalentTo(read.Metadata),
            "sealing again changes nothing"
        );
    }

    [Test]
    public void EveryFlippedBitIsFound()
    {
        using var file = new MemoryStream();
        SafetensorsFile.Write(file, SafetensorsSeal.Add(Content));
        var bytes = file.ToArray();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(() => Open(bytes), Throws.InstanceOf<InvalidDataException>(), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.That(() => Open(bytes), Throws.Nothing);
    }

    [Test]
    public void ContentThatDiffersInOnePartHasAnotherSeal()
    {
        static SafetensorsContent With(string key, NumericArray array, string note, string text) =>
            new(
                new Dictionary<string, NumericArray> { [key] = array },
                new Dictionary<string, string> { [note] = text }
            );
        var array = NumericArray.Create<float>([1, 2, 3, 4], 2, 2);
        var seals = new[]
        {
            With("a", array, "x", "yz"),
            With("b", array, "x", "yz"),
            With("a", NumericArray.Create<float>([1, 2, 3, 4], 4), "x", "yz"),
            With("a", NumericArray.FromBytes(ElementType.Int32, array.Bytes, 2, 2), "x", "yz"),
            With("a", NumericArray.Create<float>([1, 2, 4, 3], 2, 2), "x", "yz"),
            With("a", array, "xy", "z"),
            With("a", array, "x", "z"),
        };
        Assert.That(seals.Select(c => SafetensorsSeal.Add(c).Metadata[SafetensorsSeal.Key]), Is.Unique);
    }

    [Test]
    public void WhatIsWrongIsNamed()
    {
        Assert.That(
            () => SafetensorsSeal.Require(Content, "run"),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("run").And.Message.Contains("missing")
        );
        var notes = new Dictionary<string, string>(SafetensorsSeal.Add(Content).Metadata) { ["step"] = "13" };
        Assert.That(
            () => SafetensorsSeal.Require(Content with { Metadata = notes }, "run"),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("run").And.Message.Contains("changed since")
        );
    }

    private static void Open(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        SafetensorsSeal.Require(SafetensorsFile.Read(stream, "run"), "run");
    }
}
