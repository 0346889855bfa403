namespace Ptycho.Packages.Tests.Docs;

/// <summary>Every block of C# in the documentation compiles by itself.</summary>
public class SnippetTests
{
    private static IEnumerable<TestCaseData> Snippets =>
        Repository
            .Pages.SelectMany(page => Snippet.Of(page, Repository.Read(page)))
            .Select(snippet => new TestCaseData(snippet).SetArgDisplayNames(snippet.ToString()));

    [TestCaseSource(nameof(Snippets))]
    public void Compiles(object snippet) =>
        Assert.That(((Snippet)snippet).Errors(), Is.Empty, $"{snippet} does not compile");

    [Test]
    public void TheDocumentationHasSnippets()
    {
        string[] pages = ["README.md", "docs/start.md", "src/Ptycho.Solvers/README.md"];
        foreach (var page in pages)
            Assert.That(Snippet.Of(page, Repository.Read(page)), Is.Not.Empty, page);
    }

    [Test]
    public void AWrongBlockIsNamedByPageAndLine()
    {
        var page = "Text\n\n```csharp\nusing Ptycho.IO;\n\nComplexField f = new(2, 2);\nf.NoSuchThing();\n```\n";
        var snippet = Snippet.Of("docs/x.md", page).Single();
        Assert.That(snippet.Errors().Single(), Does.StartWith("docs/x.md:7: CS1061"));
    }
}
