using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.IO.Numpy;
using Ptycho.IO.Tiff;
using Ptycho.Physics.Files;

namespace Ptycho.Physics.Tests.Files;

/// <summary>A data set that is read frame by frame takes the memory of a frame, not of the data set.</summary>
public class FrameStreamTests
{
    private const int Frames = 400;
    private const int Size = 256;

    /// <summary>A frame as stored and as given, and what the garbage collector leaves for a while: 16 MB for 52.</summary>
    private const long Bound = 16 << 20;

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("ptycho-stream-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void MemoryStaysBounded([Values("cxi", "npy", "tif")] string kind)
    {
        if (Hdf5File.WhyUnavailable is { } reason && kind == "cxi")
            Assert.Ignore(reason);
        var path = Path.Combine(_folder, $"stack.{kind}");
        Write(path, kind);
        using var stream = kind switch
        {
            "cxi" => CxiFile.OpenFrames(path),
            "npy" => FrameStream.Open(NpySource.Open(path)),
            _ => FrameStream.Open(TiffStack.Open(path)),
        };
        Assert.That((stream.Count, stream.Height, stream.Width), Is.EqualTo((Frames, Size, Size)));
        var frame = new float[Size * Size];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        for (var k = 0; k < Frames; k++)
        {
            stream.Read(k, frame);
            if (frame[0] != k || frame[^1] != k)
                Assert.Fail($"frame {k} is {frame[0]}…{frame[^1]}");
            if (k % 20 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.That(most, Is.LessThan(Bound));
    }

    private static void Write(string path, string kind)
    {
        NumericArray Frame(int k) =>
            NumericArray.Create<ushort>([.. Enumerable.Repeat((ushort)k, Size * Size)], 1, Size, Size);
        switch (kind)
        {
            case "cxi":
                Hdf5File.Write(
                    path,
                    root =>
                    {
                        var storage = new Hdf5StorageOptions { ChunkShape = [1, Size, Size] };
                        var stack = root.CreateDataset(
                            "entry_1/data_1/data",
                            ElementType.UInt16,
                            [Frames, Size, Size],
                            storage
                        );
                        for (var k = 0; k < Frames; k++)
                            stack.Write([k, 0, 0], Frame(k));
                    }
                );
                break;
            case "npy":
                var all = Enumerable.Range(0, Frames).SelectMany(k => Enumerable.Repeat((ushort)k, Size * Size));
                NpyFile.Write(path, NumericArray.Create<ushort>([.. all], Frames, Size, Size));
                break;
            default:
                TiffFile.Write(
                    path,
                    writer =>
                    {
                        for (var k = 0; k < Frames; k++)
                            writer.Add(Frame(k));
                    }
                );
                break;
        }
    }
}
