using System.Reflection;
using System.Xml.Linq;
using Ptycho.ApiReference;

namespace Ptycho.Packages.Tests.Contents;

/// <summary>What the projects would put into assemblies and packages, without packing.</summary>
public class ResourceTests
{
    private static readonly string[] Text = [".txt", ".css", ".js", ".html", ".svg"];

    [Test]
    public void EmbeddedFilesAreTextAndSmall()
    {
        foreach (var library in PublicApi.Libraries.Select(Assembly.Load))
        foreach (var name in library.GetManifestResourceNames())
        {
            using var resource = library.GetManifestResourceStream(name)!;
            Assert.That(Text, Does.Contain(Path.GetExtension(name)), $"{name} in {library.GetName().Name}");
            Assert.That(resource.Length, Is.LessThan(64_000), name);
        }
    }

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
            .Where(include => include is not null);
        Assert.That(
            includes.Where(include => include!.Contains("..", StringComparison.Ordinal)),
            Is.Empty,
            "models, samples and test data lie outside src"
        );
        Assert.That(includes, Does.Contain("$(TorchShim)").And.Contain("Png/Figures/Font5x7.txt"));
    }
}
