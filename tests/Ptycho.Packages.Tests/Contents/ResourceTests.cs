using System.Reflection;
using System.Xml.Linq;
using Ptycho.ApiReference;

namespace Ptycho.Packages.Tests.Contents;

/// <summary>What the projects would put into assemblies and packages, without packing.</summary>
public class ResourceTests
{
    [Test]
    public void TheFontIsTheOnlyEmbeddedFile() =>
        Assert.That(
            PublicApi.Libraries.SelectMany(library => Assembly.Load(library).GetManifestResourceNames()),
            Is.EqualTo(["Font5x7.txt"])
        );

    [Test]
    public void NoLibraryPacksAFileFromTheFoldersOfData()
    {
        var projects = Directory.GetFiles(
            Path.Combine(Repository.Root, "src"),
            "*.csproj",
            SearchOption.AllDirectories
        );
        Assert.That(projects, Has.Length.EqualTo(5));
        var includes = projects
            .SelectMany(project => XDocument.Load(project).Descendants())
            .Where(item => item.Name.LocalName is "None" or "Content" or "EmbeddedResource")
            .Select(item => (string?)item.Attribute("Include"))
            .ToArray();
        Assert.That(includes, Is.EquivalentTo(["Png/Figures/Font5x7.txt", "$(TorchShim)"]));
    }
}
