using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;

namespace Ptycho.IO.Tests.Hdf5;

[RequiresHdf5]
public class Hdf5DamageTests
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("damaged.h5");

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void TruncatedFilesAreRefused()
    {
        var good = File.ReadAllBytes(TestData.File("hdf5/scan.cxi"));
        for (var length = 0; length < good.Length; length += 97)
        {
            File.WriteAllBytes(FilePath, good[..length]);
            AssertRefused(() => Hdf5File.Open(FilePath).Dispose());
        }
    }

    [Test]
    public void OtherFilesAreRefused()
    {
        File.WriteAllText(FilePath, "no HDF5 at all");
        AssertRefused(() => Hdf5File.Open(FilePath).Dispose());
        Assert.That(() => Hdf5File.Open("/nowhere/f.h5"), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void CompressedDataThatAreDamagedAreRefused()
    {
        var values = NumericArray.Create<int>(Enumerable.Range(0, 4096).ToArray(), 4096);
        Hdf5File.Write(
            FilePath,
            root => root.WriteDataset("x", values, new Hdf5StorageOptions { DeflateLevel = 9, ChunkShape = [4096] })
        );
        var bytes = File.ReadAllBytes(FilePath);
        // The zlib stream's header; nothing else in so small a file has these two bytes.
        var start = bytes.AsSpan().IndexOf([(byte)0x78, (byte)0xDA]);
        Assert.That(start, Is.GreaterThan(0));
        bytes.AsSpan(start + 2, 8).Fill(0xFF);
        File.WriteAllBytes(FilePath, bytes);
        AssertRefused(() =>
        {
            using var file = Hdf5File.Open(FilePath);
            file.Read("x");
        });
    }

    [Test]
    public void WhatWasNeverWrittenAllocatesNothing()
    {
        // A gigabyte is announced, nothing is stored.
        var storage = new Hdf5StorageOptions { ChunkShape = [1, 1024] };
        Hdf5File.Write(FilePath, root => root.CreateDataset("x", ElementType.UInt8, [1 << 20, 1024], storage));
        using var file = Hdf5File.Open(FilePath);
        using var data = file.OpenDataset("x");
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(() => data.Read());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
        Assert.That(data.ReadRange(5, 1).ToSingle(), Has.All.Zero);
    }

    private void AssertRefused(Action read) =>
        Assert.That(read, Throws.InstanceOf<InvalidDataException>().With.Message.Contains(FilePath));
}
