using System.Text.RegularExpressions;

namespace Ptycho.Packages.Tests.Docs;

/// <summary>What pages point to is there: files, sections, projects, commands.</summary>
public partial class LinkTests
{
    private static IEnumerable<string> Pages => Repository.Pages;

    [TestCaseSource(nameof(Pages))]
    public void LinksResolve(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var broken = Link()
            .Matches(Code().Replace(Repository.Read(page), ""))
            .Select(match => match.Groups[1].Value)
            .Where(link =>
                !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
            )
            .Where(link => !Resolves(folder, page, link));
        Assert.That(broken, Is.Empty, $"{page} has links to nowhere");
    }

    [TestCaseSource(nameof(Pages))]
    public void CommandsNameWhatIsThere(string page)
    {
        var text = Repository.Read(page);
        var projects = Project().Matches(text).Select(match => match.Groups[1].Value);
        Assert.That(projects.Where(path => !Directory.Exists(Path.Combine(Repository.Root, path))), Is.Empty, page);
        var known = Regex.Match(Repository.Read("build.sh"), "commands=\"([^\"]*)\"").Groups[1].Value.Split(' ');
        var commands = Command().Matches(text).Select(match => match.Groups[1].Value);
        Assert.That(commands.Except(known), Is.Empty, $"{page} names commands that build.sh does not have");
    }

    [Test]
    public void PackagesReadmesHaveNoRelativeLinks()
    {
        // Where packages are shown there is no repository beside the page.
        foreach (var page in Repository.Pages.Where(page => page.StartsWith("src/", StringComparison.Ordinal)))
            Assert.That(
                Link().Matches(Code().Replace(Repository.Read(page), "")).Select(m => m.Groups[1].Value),
                Has.All.Contains("://"),
                page
            );
    }

    private static bool Resolves(string folder, string page, string link)
    {
        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Path.Combine(folder, parts[0]);
        if (!File.Exists(path) && !Directory.Exists(path))
            return false;
        return parts.Length == 1 || File.ReadLines(path).Any(line => IsHeading(line, parts[1]));
    }

    private static bool IsHeading(string line, string anchor) =>
        line.StartsWith('#')
        && NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-') == anchor;

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"--project ([\w./-]+)")]
    private static partial Regex Project();

    [GeneratedRegex(@"\./build\.sh ([a-z]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}
