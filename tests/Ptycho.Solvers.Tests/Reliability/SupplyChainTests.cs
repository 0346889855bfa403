using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using Ptycho.IO.Files;

namespace Ptycho.Solvers.Tests.Reliability;

/// <summary>What the repository takes from elsewhere is pinned, hashed and complete.</summary>
public class SupplyChainTests
{
    internal static readonly string Root = FindRoot();

    private static IEnumerable<string> Projects =>
        new[] { "src", "tests", "samples", "benchmarks" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
            )
            .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/"))
            .Select(path => Path.GetRelativePath(Root, path));

    [TestCaseSource(nameof(Projects))]
    public void EveryProjectHasALockFileWithHashes(string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, project))!;
        var path = Path.Combine(folder, "packages.system.lock.json");
        Assert.That(File.Exists(path), $"{path} is missing: run dotnet restore and commit it");
        foreach (var (name, package) in Packages(path))
            Assert.That(
                package.TryGetProperty("contentHash", out var hash) && hash.GetString()!.Length > 40,
                $"{name} has no hash"
            );
    }

    [TestCaseSource(nameof(Projects))]
    public void NoProjectNamesAVersionOfItsOwn(string project)
    {
        var references = XDocument.Load(Path.Combine(Root, project)).Descendants("PackageReference");
        Assert.That(
            references.Where(r => r.Attribute("Version") is not null || r.Attribute("VersionOverride") is not null),
            Is.Empty
        );
    }

    [Test]
    public void EveryVersionIsPinned()
    {
        var versions = XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion");
        foreach (var package in versions)
            Assert.That((string?)package.Attribute("Version"), Does.Match(@"^\[[^,]+\]$"), package.ToString());
    }

    [Test]
    public void AllLockFilesAgreeOnEveryPackage()
    {
        var seen = new Dictionary<string, string>();
        foreach (var project in Projects)
        {
            var path = Path.Combine(Root, Path.GetDirectoryName(project)!, "packages.system.lock.json");
            foreach (var (name, package) in Packages(path))
            {
                var hash = package.GetProperty("contentHash").GetString()!;
                var key = $"{name} {package.GetProperty("resolved").GetString()}";
                Assert.That(seen.TryAdd(key, hash) || seen[key] == hash, $"{key} in {project}");
            }
        }
        Assert.That(seen, Is.Not.Empty);
    }

    [Test]
    public void NoLibraryTalksToANetworkOrUnpicklesObjects()
    {
        string[] libraries = ["Ptycho.IO", "Ptycho.Physics", "Ptycho.Diffusion", "Ptycho.Solvers"];
        foreach (var library in libraries)
        foreach (var reference in Assembly.Load(library).GetReferencedAssemblies())
            Assert.That(
                reference.Name,
                Does.Not.StartWith("System.Net")
                    .And.Not.Contains("Serialization.Formatters")
                    .And.Not.Contains("Pickle"),
                library
            );
    }

    [Test]
    public void TheWeightsAreThoseOfTheModelCard()
    {
        var models = Path.Combine(Root, "models");
        var files = Directory.GetFiles(models, "*.safetensors");
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
            Assert.That(ListedHash.Verify(file), $"{file} is not in models/{ListedHash.ListName}");
    }

    private static IEnumerable<(string Name, JsonElement Package)> Packages(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. document
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => (package.Name, package.Value.Clone())),
        ];
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PtychoDiffusion.sln")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new FileNotFoundException("The repository is not above the tests.");
        return folder;
    }
}
