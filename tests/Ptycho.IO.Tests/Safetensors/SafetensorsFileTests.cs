using System.Buffers.Binary;
using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using Ptycho.IO.Tests.Arrays;

namespace Ptycho.IO.Tests.Safetensors;

public class SafetensorsFileTests
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    [Test]
    public void ReadsARealFile()
    {
        var content = SafetensorsFile.Read(TestData.File("unet_compact.safetensors"));
        Assert.That(content.Metadata["config"], Does.Contain("\"image_size\": 64"));
        Assert.That(content.Tensors["time_embed.0.weight"].ToString(), Is.EqualTo("Float32 [128, 32]"));
        Assert.That(content.Tensors.Keys, Does.Contain("ref.x"));
        Assert.That(content.Tensors["ref.y"].ToSingle(), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void EveryRealTypeComesBack(
        [ValueSource(typeof(SampleArrays), nameof(SampleArrays.RealTypes))] ElementType type
    )
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        var path = folder.File("a.safetensors");
        for (var i = 0; i < 10; i++)
        {
            var tensors = new Dictionary<string, NumericArray>
            {
                ["b"] = SampleArrays.Random(type, random, SampleArrays.RandomShape(random)),
                ["a \"π\"/\0"] = SampleArrays.Random(type, random, 3),
                [""] = SampleArrays.Random(ElementType.UInt8, random, 3),
            };
            var metadata = new Dictionary<string, string> { ["z"] = "é\n", [""] = "" };
            SafetensorsFile.Write(path, new SafetensorsContent(tensors, metadata));
            var back = SafetensorsFile.Read(path);
            Assert.That(back.Metadata, Is.EquivalentTo(metadata));
            Assert.That(back.Tensors.Keys, Is.EquivalentTo(tensors.Keys));
            foreach (var (key, tensor) in tensors)
                SampleArrays.AssertSame(back.Tensors[key], tensor);
        }
    }

    [Test]
    public void TheSameContentGivesTheSameBytesInAnyOrder()
    {
        var (a, b) = (SampleArrays.Singles(1), NumericArray.Create<byte>([1, 2, 3], 3));
        var first = Bytes(
            new SafetensorsContent(new Dictionary<string, NumericArray> { ["x"] = a, ["y"] = b }, NoMetadata)
        );
        var second = Bytes(
            new SafetensorsContent(new Dictionary<string, NumericArray> { ["y"] = b, ["x"] = a }, NoMetadata)
        );
        Assert.That(first, Is.EqualTo(second));
        Assert.That(BinaryPrimitives.ReadInt64LittleEndian(first) % 8, Is.Zero);
    }

    [Test]
    public void ComplexAndReservedKeysAreRefusedBeforeWriting()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.safetensors");
        var complex = new Dictionary<string, NumericArray> { ["o"] = NumericArray.CreateComplex64([1, 2], 1) };
        Assert.That(
            () => SafetensorsFile.Write(path, new SafetensorsContent(complex, NoMetadata)),
            Throws.ArgumentException.With.Message.Contains("'o'")
        );
        var reserved = new Dictionary<string, NumericArray> { ["__metadata__"] = SampleArrays.Singles(1) };
        Assert.That(
            () => SafetensorsFile.Write(path, new SafetensorsContent(reserved, NoMetadata)),
            Throws.ArgumentException
        );
        Assert.That(File.Exists(path), Is.False);
    }

    private const string A = """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}""";

    [TestCase("[]", "JSON object")]
    [TestCase("{", "not valid JSON")]
    [TestCase(A + "} x", "not valid JSON")]
    [TestCase("""{"a":1}""", "'a'")]
    [TestCase("""{"a":{"shape":[2],"data_offsets":[0,2]}}""", "'dtype' is missing")]
    [TestCase("""{"a":{"dtype":"C64","shape":[2],"data_offsets":[0,2]}}""", "'C64'")]
    [TestCase("""{"a":{"dtype":8,"shape":[2],"data_offsets":[0,2]}}""", "'dtype' must be")]
    [TestCase("""{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", "shape")]
    [TestCase("""{"a":{"dtype":"U8","shape":[2.5],"data_offsets":[0,2]}}""", "shape")]
    [TestCase("""{"a":{"dtype":"U8","shape":[2147483647,2147483647],"data_offsets":[0,2]}}""", "too large")]
    [TestCase("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,2]}}""", "needs 3 bytes")]
    [TestCase("""{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,2]}}""", "needs 16 bytes")]
    [TestCase("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[2,0]}}""", "data_offsets")]
    [TestCase("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0]}}""", "data_offsets")]
    [TestCase("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[-2,0]}}""", "data_offsets")]
    [TestCase("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,99999999999999999999]}}""", "data_offsets")]
    [TestCase("""{"a":{"dtype":"U8","shape":[2],"dtype":"U8","data_offsets":[0,2]}}""", "appears twice")]
    [TestCase(A + ""","a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "appears twice")]
    [TestCase(A + ""","b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "overlap")]
    [TestCase(A + ""","b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}""", "no tensor")]
    [TestCase(A + ""","b":{"dtype":"U8","shape":[3],"data_offsets":[2,5]}}""", "truncated")]
    [TestCase(A + "}", "no tensor")]
    [TestCase(A + ""","b":{"dtype":"BOOL","shape":[2],"data_offsets":[2,4]}}""", "no bool")]
    [TestCase(A + ""","__metadata__":{"k":1}}""", "'k'")]
    [TestCase(A + ""","__metadata__":{"k":"1","k":"2"}}""", "twice")]
    [TestCase("""{"\ud800":1}""", "Unicode")]
    public void WrongContentIsNamed(string header, string problem)
    {
        using var stream = Raw(header, 4);
        Assert.That(
            () => SafetensorsFile.Read(stream, "x.safetensors"),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("x.safetensors").And.Message.Contains(problem)
        );
    }

    [Test]
    public void AHeaderLongerThanTheFileAllocatesNothing([Values(3ul, 1ul << 40, ulong.MaxValue)] ulong length)
    {
        var bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        using var stream = new MemoryStream(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => SafetensorsFile.Read(stream, "x"), Throws.TypeOf<InvalidDataException>());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    private static MemoryStream Raw(string header, int dataLength)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        bytes.AsSpan(8 + json.Length).Fill(7);
        return new MemoryStream(bytes);
    }

    private static byte[] Bytes(SafetensorsContent content)
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, content);
        return stream.ToArray();
    }
}
