using Ptycho.IO.Files;

namespace Ptycho.IO.Tests.Files;

public class Crc32Tests
{
    [Test]
    public void TheStandardCheckValue() => Assert.That(Crc32.Compute("123456789"u8), Is.EqualTo(0xCBF43926u));

    [Test]
    public void PiecesGiveTheSameAsTheWhole()
    {
        var bytes = new byte[100];
        new Random(3).NextBytes(bytes);
        var whole = Crc32.Compute(bytes);
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.That(Crc32.Compute(bytes.AsSpan(cut), Crc32.Compute(bytes.AsSpan(0, cut))), Is.EqualTo(whole));
    }
}
