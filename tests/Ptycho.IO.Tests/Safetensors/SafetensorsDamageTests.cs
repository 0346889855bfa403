using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using Ptycho.IO.Tests.Arrays;

namespace Ptycho.IO.Tests.Safetensors;

public class SafetensorsDamageTests
{
    [Test]
    public void EveryTruncationIsRefused() => Corruption.AssertEveryTruncationIsRefused(Small(), Read);

    [Test]
    public void DamageIsReadOrRefused() => Corruption.Fuzz(Small(), Read, 2000, 11);

    private static void Read(Stream stream, string name) => SafetensorsFile.Read(stream, name);

    private static byte[] Small()
    {
        var random = new Random(5);
        var tensors = new Dictionary<string, NumericArray>
        {
            ["weight"] = SampleArrays.Random(ElementType.Float32, random, 2, 3),
            ["flag"] = SampleArrays.Random(ElementType.Bool, random, 4),
            ["half"] = SampleArrays.Random(ElementType.BFloat16, random, 3),
        };
        using var stream = new MemoryStream();
        SafetensorsFile.Write(
            stream,
            new SafetensorsContent(tensors, new Dictionary<string, string> { ["config"] = "{}" })
        );
        return stream.ToArray();
    }
}
