using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;

namespace Ptycho.IO.Tests.Hdf5;

[RequiresHdf5]
public class Hdf5WriterTests
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("file.h5");

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void PartsTextsAndLinksComeBack()
    {
        Hdf5File.Write(FilePath, WriteContent);
        using var file = Hdf5File.Open(FilePath);
        using var frames = file.OpenDataset("entry/frames");
        Assert.That(frames.ReadRange(0, 3).ToDouble(), Is.EqualTo(new double[] { 0, 0, 1, 2, 3, 4 }));
        Assert.That(file.ReadText("entry/title"), Is.EqualTo("Größe"));
        Assert.That(file.ReadTextAttribute("entry", "NX_class"), Is.EqualTo("NXentry"));
        Assert.That(file.ReadTextAttribute("entry/frames", "units"), Is.EqualTo("counts"));
        Assert.That(file.Read("link").Shape, Is.EqualTo(new[] { 3, 2 }));
        Assert.That(file.Read("none").Length, Is.Zero);
    }

    [Test]
    public void TheSameContentGivesTheSameBytes()
    {
        Hdf5File.Write(FilePath, WriteContent);
        var first = File.ReadAllBytes(FilePath);
        Hdf5File.Write(FilePath, WriteContent);
        Assert.That(File.ReadAllBytes(FilePath), Is.EqualTo(first));
    }

    [Test]
    public void AFailureLeavesTheOldFile()
    {
        File.WriteAllText(FilePath, "old");
        Assert.That(
            () =>
                Hdf5File.Write(
                    FilePath,
                    root =>
                    {
                        WriteContent(root);
                        root.CreateGroup("entry");
                    }
                ),
            Throws.InstanceOf<IOException>().With.Message.Contains("file.h5").And.Message.Contains("entry")
        );
        Assert.That(File.ReadAllText(FilePath), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void WrongPartsAreRefused() =>
        Hdf5File.Write(
            FilePath,
            root =>
            {
                var data = root.CreateDataset("x", ElementType.Float32, [2, 2]);
                Assert.That(() => data.Write([0, 0], NumericArray.Create([1.0], 1, 1)), Throws.ArgumentException);
                Assert.That(() => data.Write([0, 1], NumericArray.Create([1f, 2], 1, 2)), Throws.ArgumentException);
                Assert.That(() => root.CreateGroup("/"), Throws.ArgumentException);
                Assert.That(() => root.CreateDataset("y", ElementType.Int8, [-1]), Throws.ArgumentException);
            }
        );

    private static void WriteContent(Hdf5GroupWriter root)
    {
        var entry = root.CreateGroup("entry");
        entry.SetAttribute("NX_class", "NXentry");
        entry.WriteText("title", "Größe");
        var storage = new Hdf5StorageOptions { DeflateLevel = 9, ChunkShape = [2, 2] };
        var frames = entry.CreateDataset("frames", ElementType.UInt16, [3, 2], storage);
        frames.SetAttribute("units", "counts");
        frames.Write([1, 0], NumericArray.Create<ushort>([1, 2, 3, 4], 2, 2));
        root.CreateLink("link", "/entry/frames");
        root.WriteDataset("none", NumericArray.Create<float>([], 0, 5));
    }
}
