using Ptycho.IO.Matlab;

namespace Ptycho.IO.Tests.Matlab;

public class MatDamageTests
{
    private readonly MatBytes _bytes = new();

    [TestCase(false)]
    [TestCase(true)]
    public void TruncatedFilesAreRefused(bool compressed)
    {
        var variable = _bytes.Matrix("x", MatBytes.Double, [2, 3], _bytes.Element(9, [1.0, 2, 3, 4, 5, 6]));
        var file = new MatBytes().Add(compressed ? _bytes.Compressed(variable) : variable).ToArray();
        Assert.That(ReadNames(file), Is.EqualTo(new[] { "x" }));
        for (var length = 0; length < file.Length; length++)
        {
            // The header alone is a file without variables.
            if (length == 128)
                Assert.That(ReadNames(file[..length]), Is.Empty);
            else
                AssertRefused(file[..length], "f.mat");
        }
    }

    [TestCase("mat/plain.mat", 1)]
    [TestCase("mat/compressed.mat", 2)]
    [TestCase("mat/others.mat", 3)]
    [TestCase("mat/others_compressed.mat", 4)]
    public void DamagedFilesAreReadOrRefused(string file, int seed) =>
        Corruption.Fuzz(File.ReadAllBytes(TestData.File(file)), (s, n) => MatFile.ReadContent(s, n), 1500, seed);

    [TestCase(false)]
    [TestCase(true)]
    public void AHeaderThatLiesAboutTheSizeAllocatesNothing(bool compressed)
    {
        // A gigabyte of elements is announced where 8 bytes are.
        var lie = _bytes.Matrix("x", 9, [1 << 15, 1 << 15], [.. _bytes.Tag(2, 1 << 30), .. new byte[8]]);
        // The matrix element's own length lies too.
        BitConverter.GetBytes((1u << 30) + 100).CopyTo(lie, 4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(new MatBytes().Add(compressed ? _bytes.Compressed(lie) : lie).ToArray(), "truncated");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2 << 20));
    }

    [Test]
    public void AnOverflowingShapeIsRefused() =>
        AssertVariableRefused(
            _bytes.Matrix("big", 9, [1 << 20, 1 << 20, 1 << 20], _bytes.Element<byte>(2, [1])),
            "'big'"
        );

    [Test]
    public void ContradictionsAreRefusedByName()
    {
        var three = _bytes.Element(9, [1.0, 2, 3]);
        AssertVariableRefused(_bytes.Matrix("short", MatBytes.Double, [2, 2], three), "'short'");
        AssertVariableRefused(_bytes.Matrix("real", MatBytes.Double | MatBytes.Complex, [1, 3], three), "'real'");
        AssertVariableRefused(_bytes.Matrix("extra", MatBytes.Double, [1, 3], three, three), "'extra'");
        AssertVariableRefused(_bytes.Matrix("negative", MatBytes.Double, [-1, -3], three), "negative one");
        AssertVariableRefused(_bytes.Matrix("line", MatBytes.Double, [3], three), "dimensions");
        AssertVariableRefused(_bytes.Matrix("kind", 99, [1, 3], three), "array class");
        AssertVariableRefused(
            _bytes.Matrix("stored", MatBytes.Double, [1, 3], _bytes.Element<byte>(8, [1, 2, 3])),
            "'stored'"
        );
        AssertVariableRefused(_bytes.Matrix("range", 9, [1, 1], _bytes.Element<short>(3, [300])), "cannot hold");
        AssertVariableRefused(_bytes.Matrix("nan", 9, [1, 1], _bytes.Element(9, [double.NaN])), "cannot hold");
        AssertVariableRefused(
            _bytes.Matrix("truth", 9 | MatBytes.Logical | MatBytes.Complex, [1, 3], three, three),
            "cannot be complex"
        );
    }

    [Test]
    public void ANameThatComesTwiceIsRefused()
    {
        var one = _bytes.Matrix("x", MatBytes.Double, [1, 1], _bytes.Element(9, [1.0]));
        AssertRefused(new MatBytes().Add(one).Add(one).ToArray(), "twice");
    }

    [Test]
    public void AWrongChecksumIsRefused()
    {
        var variable = _bytes.Compressed(_bytes.Matrix("x", MatBytes.Double, [1, 1], _bytes.Element(9, [1.0])));
        variable[^1] ^= 1;
        AssertRefused(new MatBytes().Add(variable).ToArray(), "'x'");
    }

    [Test]
    public void OtherFormatsAreRefusedWithAdvice()
    {
        AssertRefused(new MatBytes().ToArray(version: 0x0200), "HDF5");
        AssertRefused(new MatBytes().ToArray(version: 0x0300), "0x0300");
        AssertRefused(new byte[200], "-v7");
        Assert.That(() => MatFile.Read("/nowhere/f.mat"), Throws.InstanceOf<IOException>());
    }

    private static void AssertVariableRefused(byte[] variable, string expected)
    {
        AssertRefused(new MatBytes().Add(variable).ToArray(), expected);
        AssertRefused(new MatBytes().Add(new MatBytes().Compressed(variable)).ToArray(), expected);
    }

    private static void AssertRefused(byte[] file, string expected) =>
        Assert.That(
            () => ReadNames(file),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("f.mat").And.Message.Contains(expected)
        );

    private static string[] ReadNames(byte[] file) =>
        [.. MatFile.ReadContent(new MemoryStream(file), "f.mat").Arrays.Keys];
}
