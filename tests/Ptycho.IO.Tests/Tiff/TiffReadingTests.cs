using Ptycho.IO.Arrays;
using Ptycho.IO.Tests.Arrays;
using Ptycho.IO.Tiff;

namespace Ptycho.IO.Tests.Tiff;

/// <summary>The files of tests/data/tiff were written by tifffile and Pillow; make.py beside them says how.</summary>
public class TiffReadingTests
{
    [TestCase("type-u1", ElementType.UInt8, 2, 3, 5)]
    [TestCase("type-i1", ElementType.Int8, 2, 3, 5)]
    [TestCase("type-u2", ElementType.UInt16, 2, 3, 5)]
    [TestCase("type-i2", ElementType.Int16, 2, 3, 5)]
    [TestCase("type-u4", ElementType.UInt32, 2, 3, 5)]
    [TestCase("type-i4", ElementType.Int32, 2, 3, 5)]
    [TestCase("type-u8", ElementType.UInt64, 2, 3, 5)]
    [TestCase("type-i8", ElementType.Int64, 2, 3, 5)]
    [TestCase("type-f2", ElementType.Float16, 2, 3, 5)]
    [TestCase("type-f4", ElementType.Float32, 2, 3, 5)]
    [TestCase("type-f8", ElementType.Float64, 2, 3, 5)]
    [TestCase("type-c8", ElementType.Complex64, 2, 3, 5)]
    [TestCase("type-c16", ElementType.Complex128, 2, 3, 5)]
    [TestCase("big-endian", ElementType.UInt16, 2, 6, 7)]
    [TestCase("big", ElementType.Float32, 3, 6, 7)]
    [TestCase("tiles", ElementType.UInt16, 2, 20, 37)]
    [TestCase("tiles-deflate", ElementType.Int32, 2, 20, 37)]
    [TestCase("deflate-float", ElementType.Float32, 2, 20, 9)]
    [TestCase("pillow-lzw-u1", ElementType.UInt8, 2, 90, 70)]
    [TestCase("pillow-lzw-u2", ElementType.UInt16, 2, 90, 70)]
    [TestCase("pillow-lzw-f4", ElementType.Float32, 2, 90, 70)]
    [TestCase("pillow-packbits-u1", ElementType.UInt8, 2, 90, 70)]
    [TestCase("pillow-packbits-u2", ElementType.UInt16, 2, 90, 70)]
    [TestCase("pillow-packbits-f4", ElementType.Float32, 2, 90, 70)]
    [TestCase("pillow-deflate-u1", ElementType.UInt8, 2, 90, 70)]
    [TestCase("pillow-deflate-u2", ElementType.UInt16, 2, 90, 70)]
    [TestCase("pillow-deflate-f4", ElementType.Float32, 2, 90, 70)]
    public void FilesOfOthersAreRead(string name, ElementType type, int pages, int height, int width) =>
        SampleArrays.AssertSame(TiffFile.Read(Data(name)), TiffValues.Array(type, pages, height, width));

    [Test]
    public void PagesAreReadOneByOne()
    {
        using var stack = TiffStack.Open(Data("big"));
        Assert.That(stack.Shape, Is.EqualTo(new long[] { 3, 6, 7 }).AsCollection);
        var all = TiffValues.Array(ElementType.Float32, 3, 6, 7).ToSingle();
        Assert.That(stack.ReadRange(1, 2).ToSingle(), Is.EqualTo(all[42..]));
        Assert.That(stack.ReadRange(3, 0).Length, Is.Zero);
        Assert.That(() => stack.ReadRange(2, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => stack.ReadRangeInto(0, 1, new byte[3]), Throws.ArgumentException);
    }

    [Test]
    public void TheDescriptionIsRead()
    {
        using var stack = TiffStack.Open(Data("described"));
        Assert.That(stack.Description, Is.EqualTo("scan 7"));
    }

    [Test]
    public void ColoursAreRefused() =>
        Assert.That(
            () => TiffFile.Read(Data("colour")),
            Throws
                .InstanceOf<InvalidDataException>()
                .With.Message.Contains("colour.tif")
                .And.Message.Contains("3 samples")
        );

    private static string Data(string name) => TestData.File($"tiff/{name}.tif");
}
