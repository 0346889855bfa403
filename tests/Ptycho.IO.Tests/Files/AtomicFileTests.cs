using System.Text;
using Ptycho.IO.Files;

namespace Ptycho.IO.Tests.Files;

public class AtomicFileTests
{
    [Test]
    public void WritesAndReplaces()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.txt");
        AtomicFile.WriteAllText(path, "one π");
        AtomicFile.WriteAllText(path, "two");
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(Encoding.ASCII.GetBytes("two")));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void AFailureKeepsTheOldFileAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.txt");
        AtomicFile.WriteAllText(path, "old");
        Assert.That(
            () =>
                AtomicFile.Write(
                    path,
                    stream =>
                    {
                        stream.WriteByte(1);
                        throw new TimeoutException("stop");
                    }
                ),
            Throws.TypeOf<TimeoutException>()
        );
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void AReaderNeverSeesAPart()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.txt");
        AtomicFile.WriteAllText(path, "old");
        AtomicFile.Write(
            path,
            stream =>
            {
                stream.Write("new"u8);
                stream.Flush();
                Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
            }
        );
        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
    }

    [Test]
    public void AMissingFolderAndAFolderInTheWayAreNamed()
    {
        using var folder = new TemporaryFolder();
        Assert.That(
            () => AtomicFile.WriteAllText(folder.File("no/a.txt"), ""),
            Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("a.txt")
        );
        Assert.That(() => AtomicFile.WriteAllText(folder.Path, ""), Throws.TypeOf<IOException>());
    }

    [Test]
    [Platform("Linux")]
    public void ALinkIsFollowedAndAModeIsKept()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        var (target, link) = (folder.File("target"), folder.File("link"));
        AtomicFile.WriteAllText(target, "old");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, target);
        AtomicFile.WriteAllText(link, "new");
        Assert.That(File.ReadAllText(target), Is.EqualTo("new"));
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(target));
        Assert.That(File.GetUnixFileMode(target), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }
}
