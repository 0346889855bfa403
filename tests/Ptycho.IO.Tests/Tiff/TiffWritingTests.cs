using Ptycho.IO.Arrays;
using Ptycho.IO.Tests.Arrays;
using Ptycho.IO.Tiff;

namespace Ptycho.IO.Tests.Tiff;

public class TiffWritingTests
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("stack.tif");

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void EveryTypeComesBack([Values] ElementType type, [Values] TiffCompression compression, [Values] bool big)
    {
        if (type is ElementType.Bool or ElementType.BFloat16)
        {
            var none = NumericArray.FromBytes(type, new byte[ElementTypes.SizeOf(type)], 1, 1);
            Assert.That(() => TiffFile.Write(FilePath, none), Throws.ArgumentException);
            return;
        }
        var array = TiffValues.Array(type, 3, 4, 5);
        TiffFile.Write(FilePath, array, new TiffOptions { Compression = compression, Big = big });
        SampleArrays.AssertSame(TiffFile.Read(FilePath), array);
    }

    [Test]
    public void LongPagesHaveSeveralStrips([Values] TiffCompression compression)
    {
        var array = TiffValues.Array(ElementType.UInt16, 2, 700, 1001);
        TiffFile.Write(
            FilePath,
            writer =>
            {
                for (var page = 0; page < 2; page++)
                    writer.Add(NumericArray.Create(array.AsSpan<ushort>().Slice(page * 700700, 700700), 700, 1001));
            },
            new TiffOptions { Compression = compression, Description = "two pages" }
        );
        SampleArrays.AssertSame(TiffFile.Read(FilePath), array);
        using var stack = TiffStack.Open(FilePath);
        Assert.That(stack.Description, Is.EqualTo("two pages"));
    }

    [Test]
    public void PagesThatDifferAreRefusedAndTheOldFileStays()
    {
        TiffFile.Write(FilePath, TiffValues.Array(ElementType.UInt8, 1, 2, 2));
        var before = File.ReadAllBytes(FilePath);
        Assert.That(
            () =>
                TiffFile.Write(
                    FilePath,
                    writer =>
                    {
                        writer.Add(TiffValues.Array(ElementType.UInt8, 1, 2, 3));
                        writer.Add(TiffValues.Array(ElementType.UInt8, 1, 3, 2));
                    }
                ),
            Throws.ArgumentException
        );
        Assert.That(() => TiffFile.Write(FilePath, _ => { }), Throws.InvalidOperationException);
        Assert.That(File.ReadAllBytes(FilePath), Is.EqualTo(before));
        Assert.That(() => new TiffOptions { Description = "µm" }, Throws.ArgumentException);
    }
}
