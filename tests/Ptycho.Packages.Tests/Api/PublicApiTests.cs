using System.Reflection;
using Ptycho.ApiReference;

namespace Ptycho.Packages.Tests.Api;

/// <summary>
/// The public API is what the text beside this file says. After a change that is meant, run these tests once with
/// PTYCHO_UPDATE_API=1 and commit what it wrote.
/// </summary>
public class PublicApiTests
{
    private const string Update = "PTYCHO_UPDATE_API";

    private static IEnumerable<string> Libraries => PublicApi.Libraries;

    [TestCaseSource(nameof(Libraries))]
    public void ThePublicApiIsTheCommittedOne(string library)
    {
        var path = Path.Combine(Repository.Root, "tests", "Ptycho.Packages.Tests", "Api", library + ".txt");
        var actual = PublicApi.Text(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, actual);
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var changes = before
            .Except(after)
            .Select(line => "- " + line.Trim())
            .Concat(after.Except(before).Select(line => "+ " + line.Trim()));
        Assert.That(
            actual,
            Is.EqualTo(expected),
            $"The public API of {library} changed:\n{string.Join('\n', changes)}\n"
                + $"If that is meant, run with {Update}=1 and commit {Path.GetRelativePath(Repository.Root, path)}."
        );
    }

    [Test]
    public void TheTextTellsSignaturesNullabilityAccessorsAndConstants()
    {
        var text = PublicApi.Text(typeof(Sample).Assembly);
        Assert.That(text, Does.Contain("public abstract class PublicApiTests.Sample : IDisposable\n"));
        Assert.That(text, Does.Contain("    public const int Answer = 42\n"));
        Assert.That(text, Does.Contain("    protected Sample(string name, string? other = null)\n"));
        Assert.That(text, Does.Contain("    public required string Name { get; init; }\n"));
        Assert.That(text, Does.Contain("    public IReadOnlyList<string?> List { get; }\n"));
        Assert.That(text, Does.Contain("public abstract bool Try<T>(T value, out int? result) where T : struct\n"));
        Assert.That(text, Does.Not.Contain("Hidden"));
    }

    public abstract class Sample : IDisposable
    {
        public const int Answer = 42;

        protected Sample(string name, string? other = null) => (Name, Hidden) = (name, other ?? name);

        public required string Name { get; init; }

        public IReadOnlyList<string?> List => [Hidden];

        internal string Hidden { get; private set; }

        public abstract bool Try<T>(T value, out int? result)
            where T : struct;

        public virtual void Dispose() => Hidden = "";
    }
}
