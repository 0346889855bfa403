namespace Ptycho.Packages.Tests;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Repository
{
    private static readonly string[] Hidden = ["bin", "obj", "artifacts", ".git", "TestResults"];

    internal static string Root { get; } = Find();

    /// <summary>The pages of Markdown, relative to the root.</summary>
    internal static IReadOnlyList<string> Pages { get; } =
    [.. Files(Root, "*.md").Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(folder, pattern)
            .Concat(
                Directory
                    .EnumerateDirectories(folder)
                    .Where(inner => !Hidden.Contains(Path.GetFileName(inner)))
                    .SelectMany(inner => Files(inner, pattern))
            );

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PtychoDiffusion.sln")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new FileNotFoundException("The repository is not above the tests.");
        return folder;
    }
}
