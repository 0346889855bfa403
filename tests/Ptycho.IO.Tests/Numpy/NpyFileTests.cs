using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.IO.Tests.Arrays;

namespace Ptycho.IO.Tests.Numpy;

public class NpyFileTests
{
    private static IEnumerable<ElementType> Types => SampleArrays.AllTypes.Where(t => t != ElementType.BFloat16);

    [Test]
    public void EveryTypeComesBack([ValueSource(nameof(Types))] ElementType type)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(2);
        var path = folder.File("a.npy");
        for (var i = 0; i < 20; i++)
        {
            var array = SampleArrays.Random(type, random, SampleArrays.RandomShape(random));
            NpyFile.Write(path, array);
            SampleArrays.AssertSame(NpyFile.Read(path), array);
        }
    }

    [Test]
    public void TheHeaderIsNumpysOwn()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, NumericArray.Create<float>(new float[6], 2, 3));
        var expected = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
        var text = Encoding.Latin1.GetString(stream.ToArray(), 10, 118);
        Assert.That(text, Is.EqualTo(expected.PadRight(117) + "\n"));
        Assert.That(stream.ToArray()[..10], Is.EqualTo(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0 }));
    }

    [Test]
    public void ArraysFollowEachOtherInAStream()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, SampleArrays.Singles(1, 2));
        NpyFile.Write(stream, NumericArray.Create<long>([7]));
        stream.Position = 0;
        Assert.That(NpyFile.Read(stream, "x").ToSingle(), Is.EqualTo(new float[] { 1, 2 }));
        Assert.That(NpyFile.Read(stream, "x").AsSpan<long>()[0], Is.EqualTo(7));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void EveryVersionIsRead(int version)
    {
        using var stream = Raw("{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }", [1, 0, 255, 255], version);
        Assert.That(NpyFile.Read(stream, "x").AsSpan<short>().ToArray(), Is.EqualTo(new short[] { 1, -1 }));
    }

    [Test]
    public void FortranOrderIsTransposed()
    {
        // Column by column: element (i, j, k) is 100i + 10j + k.
        var bytes = new List<byte>();
        for (var k = 0; k < 4; k++)
        for (var j = 0; j < 3; j++)
        for (var i = 0; i < 2; i++)
            bytes.Add((byte)(100 * i + 10 * j + k));
        using var stream = Raw("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", [.. bytes]);
        var values = NpyFile.Read(stream, "x").AsSpan<byte>();
        for (var n = 0; n < 24; n++)
            Assert.That(values[n], Is.EqualTo(100 * (n / 12) + 10 * (n / 4 % 3) + n % 4));
    }

    [Test]
    public void FortranOrderHoldsForEveryElementSize([ValueSource(nameof(Types))] ElementType type)
    {
        var array = SampleArrays.Random(type, new Random(4), 3, 2);
        var size = ElementTypes.SizeOf(type);
        var columns = new byte[6 * size];
        for (var i = 0; i < 3; i++)
        for (var j = 0; j < 2; j++)
            array.Bytes.Slice((2 * i + j) * size, size).CopyTo(columns.AsSpan((3 * j + i) * size));
        using var stream = Raw(
            $"{{'descr': '{NpyDescr.Format(type)}', 'fortran_order': True, 'shape': (3, 2)}}",
            columns
        );
        SampleArrays.AssertSame(NpyFile.Read(stream, "x"), array);
    }

    [Test]
    public void BigEndianIsTurned([ValueSource(nameof(Types))] ElementType type)
    {
        var array = SampleArrays.Random(type, new Random(4), 3);
        var part = ElementTypes.SizeOf(type) / (ElementTypes.IsComplex(type) ? 2 : 1);
        var bytes = array.Bytes.ToArray();
        for (var i = 0; i < bytes.Length; i += part)
            Array.Reverse(bytes, i, part);
        var descr = NpyDescr.Format(type)!.Replace('<', '>');
        using var stream = Raw($"{{'shape': (3L,), \"descr\":'{descr}','fortran_order':False}}", bytes);
        SampleArrays.AssertSame(NpyFile.Read(stream, "x"), array);
    }

    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "pickle")]
    [TestCase("{'descr': '<U3', 'fortran_order': False, 'shape': (1,), }", "text")]
    [TestCase("{'descr': '<M8[s]', 'fortran_order': False, 'shape': (1,), }", "time")]
    [TestCase("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }", "'<f16'")]
    [TestCase("{'descr': '', 'fortran_order': False, 'shape': (1,), }", "empty")]
    [TestCase("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "needs 8 bytes")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 0, 99999), }{", "follows")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999), }", "too large")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483648,), }", "axis")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "axis")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (1), }", "tuple")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (1 1), }", "tuple")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': 1, }", "'('")]
    [TestCase("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "True or False")]
    [TestCase("{'descr': '<f4', 'shape': (1,), }", "missing")]
    [TestCase("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "twice")]
    [TestCase("{'descr': '<f4', 'more': '<f4', 'fortran_order': False, 'shape': (1,), }", "unknown")]
    [TestCase("{'descr': '<f4", "quoted")]
    [TestCase("__import__('os')", "'{'")]
    [TestCase("", "'{'")]
    public void WrongHeadersAreNamed(string header, string problem)
    {
        using var stream = Raw(header, [1, 2, 3, 4]);
        Assert.That(
            () => NpyFile.Read(stream, "x.npy"),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("x.npy").And.Message.Contains(problem)
        );
    }

    [Test]
    public void TrailingBytesInAFileAreRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.npy");
        NpyFile.Write(path, SampleArrays.Singles(1));
        File.AppendAllText(path, "x");
        Assert.That(() => NpyFile.Read(path), Throws.TypeOf<InvalidDataException>().With.Message.Contains(path));
    }

    [Test]
    public void WhatNumpyHasNotIsRefusedBeforeWriting()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.npy");
        Assert.That(
            () => NpyFile.Write(path, NumericArray.CreateBFloat16([1], 1)),
            Throws.ArgumentException.With.Message.Contains("BFloat16")
        );
        Assert.That(() => NpyFile.Write(path, NumericArray.Create<byte>([1], new int[65])), Throws.ArgumentException);
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void EveryTruncationIsRefused() => Corruption.AssertEveryTruncationIsRefused(Small(), Read);

    [Test]
    public void DamageIsReadOrRefused() => Corruption.Fuzz(Small(), Read, 2000, 12);

    internal static MemoryStream Raw(string header, byte[] data, int version = 1)
    {
        var text = version == 3 ? Encoding.UTF8.GetBytes(header) : Encoding.Latin1.GetBytes(header);
        byte[] length = [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return new MemoryStream([
            0x93,
            .. "NUMPY"u8,
            (byte)version,
            0,
            .. length[..(version == 1 ? 2 : 4)],
            .. text,
            .. data,
        ]);
    }

    private static void Read(Stream stream, string name) => NpyFile.Read(stream, name);

    private static byte[] Small() =>
        Raw("{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3), }", new byte[24]).ToArray();
}
