using Ptycho.IO.Files;

namespace Ptycho.IO.Tests.Files;

public class ListedHashTests
{
    // sha256sum of "ptycho".
    private const string Hash = "cf3e29576deb138495376b57b8cdf689b93b001675763be4252ae736f7db6b0c";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("{0}  weights.bin\n", true)]
    [TestCase("{0} *weights.bin\n", true)]
    [TestCase("0000  other.bin\n{0}  weights.bin\n", true)]
    [TestCase("0000  other.bin\n", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void AFileIsWhatTheListSays(string? list, bool listed) =>
        Assert.That(ListedHash.Verify(Make(list)), Is.EqualTo(listed));

    [Test]
    public void AnotherFileIsRefusedWithBothHashes() =>
        Assert.That(
            () => ListedHash.Verify(Make(new string('0', 64) + "  weights.bin\n")),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(Hash).And.Message.Contains("weights.bin")
        );

    private string Make(string? list)
    {
        var path = _folder.File("weights.bin");
        File.WriteAllText(path, "ptycho");
        if (list is not null)
            File.WriteAllText(_folder.File(ListedHash.ListName), list.Replace("{0}", Hash, StringComparison.Ordinal));
        return path;
    }
}
