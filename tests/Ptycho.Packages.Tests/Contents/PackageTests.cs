using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace Ptycho.Packages.Tests.Contents;

/// <summary>What lies in artifacts/packages after ./build.sh pack; ./build.sh verify packs before it tests.</summary>
[Category("Long")]
public class PackageTests
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static readonly string[] Ids = ["Ptycho.Diffusion", "Ptycho.IO", "Ptycho.Physics", "Ptycho.Solvers"];

    private static string Feed => Path.Combine(Repository.Root, "artifacts", "packages");

    private static IEnumerable<string> Names => Ids;

    [Test]
    public void ThePackagesAreThoseOfTheProvider()
    {
        var found = Packages("nupkg").Select(path => Id(path)).ToArray();
        Assert.That(found.Except(["Ptycho.LibTorch"]), Is.EquivalentTo(Ids));
        Assert.That(Packages("snupkg").Select(path => Id(path)), Is.EquivalentTo(found));
        var system = found.Contains("Ptycho.LibTorch");
        foreach (var path in Packages("nupkg"))
            Assert.That(path.EndsWith("-system.nupkg", StringComparison.Ordinal), Is.EqualTo(system), path);
    }

    [TestCaseSource(nameof(Names))]
    public void HoldsTheLibraryItsCommentsAndNothingElse(string id)
    {
        using var package = Open(id, "nupkg");
        var entries = package
            .Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml");
        Assert.That(
            entries,
            Is.EquivalentTo([$"{id}.nuspec", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"])
        );
        Assert.That(package.Entries.Sum(entry => entry.Length), Is.LessThan(2_000_000), "data would be larger");
    }

    [TestCaseSource(nameof(Names))]
    public void SaysWhatItIs(string id)
    {
        using var package = Open(id, "nupkg");
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.That(Value("license"), Is.EqualTo("MIT"));
        Assert.That(Value("readme"), Is.EqualTo("README.md"));
        Assert.That(Value("icon"), Is.EqualTo("icon.png"));
        Assert.That(Value("description"), Has.Length.GreaterThan(30));
        var dependencies = metadata
            .Descendants()
            .Where(e => e.Name.LocalName == "dependency")
            .ToDictionary(e => (string)e.Attribute("id")!, e => (string)e.Attribute("version")!);
        Assert.That(dependencies.Keys, Has.Some.EqualTo("System.Numerics.Tensors"));
        foreach (var (name, version) in dependencies)
            if (name is "System.Numerics.Tensors" or "MathNet.Numerics" or "Microsoft.Extensions.Logging.Abstractions")
                Assert.That(version, Does.Not.StartWith("["), $"{name}: whoever has a later one could not embed {id}");
    }

    [TestCaseSource(nameof(Names))]
    public void SymbolsHoldTheSourcesAndNoPathOfThisMachine(string id)
    {
        using var package = Open(id, "snupkg");
        using var content = new MemoryStream();
        using (var stream = package.GetEntry($"lib/net10.0/{id}.pdb")!.Open())
            stream.CopyTo(content);
        content.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(content);
        var reader = provider.GetMetadataReader();
        var embedded = reader
            .CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(info => reader.GetGuid(info.Kind) == EmbeddedSource)
            .Select(info => info.Parent)
            .ToHashSet();
        foreach (var handle in reader.Documents)
        {
            var name = reader.GetString(reader.GetDocument(handle).Name);
            Assert.That(name, Does.StartWith("/_/").Or.StartWith("/_1/"));
            Assert.That(embedded, Does.Contain((EntityHandle)handle), name);
        }
    }

    private static string Id(string path) =>
        Path.GetFileName(path).Split('.').TakeWhile(part => !char.IsDigit(part[0])).Aggregate((a, b) => $"{a}.{b}");

    private static string[] Packages(string extension)
    {
        if (!Directory.Exists(Feed) || Directory.GetFiles(Feed, "*.nupkg").Length == 0)
            Assert.Ignore("There are no packages: run ./build.sh pack.");
        return Directory.GetFiles(Feed, "*." + extension);
    }

    private static ZipArchive Open(string id, string extension) =>
        ZipFile.OpenRead(Packages(extension).Single(path => Id(path) == id));
}
