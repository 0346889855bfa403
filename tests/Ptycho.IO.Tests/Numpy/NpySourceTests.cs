using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;

namespace Ptycho.IO.Tests.Numpy;

public class NpySourceTests
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("stack.npy");

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void RangesAreThoseOfTheWholeArray()
    {
        var values = Enumerable.Range(0, 60).Select(i => i * 0.5).ToArray();
        NpyFile.Write(FilePath, NumericArray.Create<double>(values, 5, 3, 4));
        using var source = NpySource.Open(FilePath);
        Assert.That(source.Shape, Is.EqualTo(new long[] { 5, 3, 4 }).AsCollection);
        Assert.That(source.ReadRange(3, 2).ToDouble(), Is.EqualTo(values[36..]));
        Assert.That(source.ReadRange(0, 1).Shape, Is.EqualTo(new[] { 1, 3, 4 }).AsCollection);
        Assert.That(() => source.ReadRange(4, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => source.ReadRangeInto(0, 1, new byte[8]), Throws.ArgumentException);
    }

    [Test]
    public void MoreThanOneArrayCanHoldIsReadInParts()
    {
        // Sparse: 6 GB are announced and, where the file system can, hardly any stored.
        var header = "{'descr': '>u2', 'fortran_order': False, 'shape': (3000, 1000, 1000), }".PadRight(117) + '\n';
        using (var stream = File.Create(FilePath))
        {
            stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0]);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(header));
            stream.SetLength(128 + 6_000_000_000);
            stream.Position = 128 + 2999L * 2_000_000;
            stream.Write([1, 2]);
        }
        using var source = NpySource.Open(FilePath);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(source.ReadRange(2999, 1).AsSpan<ushort>()[0], Is.EqualTo(0x0102));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(3_000_000));
        Assert.That(() => source.ReadRange(0, 3000), Throws.InstanceOf<InvalidDataException>());
        Assert.That(
            () => NpyFile.Read(FilePath),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(nameof(NpySource))
        );
    }

    [Test]
    public void FortranOrderIsRefused()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, NumericArray.Create<byte>([1, 2, 3, 4], 2, 2));
        var bytes = System.Text.Encoding.Latin1.GetString(stream.ToArray()).Replace("False,", "True, ");
        using var fortran = new MemoryStream(System.Text.Encoding.Latin1.GetBytes(bytes));
        Assert.That(
            () => NpySource.Open(fortran, "f.npy"),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("Fortran")
        );
    }
}
