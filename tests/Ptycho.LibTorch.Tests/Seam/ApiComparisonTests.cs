namespace Ptycho.LibTorch.Tests.Seam;

/// <summary>The comparison itself: it accepts what is listed, and sees each kind of deviation.</summary>
public class ApiComparisonTests
{
    private const string Heading =
        "## class TorchSharp.ApiComparisonTests.Sample : ApiComparisonTests.SampleBase, IDisposable";

    private static readonly string[] Exact =
    [
        "public ctor(int size)",
        "public long count { get; }",
        "public static (long, long) pick<T>(T? first, long? second = null, double third = 1E-05, params long[] rest)",
        "protected virtual List<string> names(string[]? from = null)",
        "public void Dispose()",
    ];

    [Test]
    public void AcceptsExactlyWhatIsListed() => Assert.That(Deviations(Exact), Is.Empty);

    [Test]
    public void ReportsAMemberThatIsNotListed() =>
        Assert.That(Deviations(Exact[..^1]), Is.EqualTo(new[] { "ApiComparisonTests.Sample: public void Dispose()" }));

    [TestCase(0, "int size", "int length", TestName = "A parameter's name")]
    [TestCase(0, "public", "protected", TestName = "Accessibility")]
    [TestCase(1, "{ get; }", "{ get; set; }", TestName = "A setter")]
    [TestCase(1, "{ get; }", "", TestName = "A field for a property")]
    [TestCase(1, "count", "Count", TestName = "A name's case")]
    [TestCase(2, " static", "", TestName = "Static for instance")]
    [TestCase(2, "long? second", "long second", TestName = "A nullable number")]
    [TestCase(2, "1E-05", "1E-08", TestName = "A default value")]
    [TestCase(2, " = null", "", TestName = "A missing default value")]
    [TestCase(2, "params ", "", TestName = "params")]
    [TestCase(2, "(long, long) pick", "(long, int) pick", TestName = "A return type")]
    [TestCase(2, "pick<T>", "pick<U>", TestName = "A type parameter")]
    [TestCase(3, "virtual ", "", TestName = "Virtual")]
    [TestCase(3, "string[]", "string[,]", TestName = "An array's rank")]
    public void ReportsADeviation(int line, string exact, string listed)
    {
        string[] lines = [.. Exact];
        lines[line] = lines[line].Replace(exact, listed, StringComparison.Ordinal);
        Assert.That(lines[line], Is.Not.EqualTo(Exact[line]));
        Assert.That(Deviations(lines), Has.Exactly(1).Items);
    }

    [TestCase("## class TorchSharp.ApiComparisonTests.Sample : IDisposable")]
    [TestCase("## static class TorchSharp.ApiComparisonTests.Sample : ApiComparisonTests.SampleBase, IDisposable")]
    public void ReportsAnotherKindOrBase(string heading) =>
        Assert.That(Deviations(Exact, heading), Has.Exactly(1).Items);

    [TestCase("An = 0", "Other = 2", ExpectedResult = 1)]
    [TestCase("An = 0", "Other = 3", ExpectedResult = 0)]
    public int ComparesTheValuesOfEnums(params string[] lines)
    {
        var list = ApiList.Parse(["## enum TorchSharp.ApiComparisonTests.Choice", .. lines.Select(l => "  " + l)]);
        return ApiComparison.Deviations(typeof(Choice), list.Types.Values.Single()).Count();
    }

    private static IEnumerable<string> Deviations(IEnumerable<string> lines, string heading = Heading)
    {
        var list = ApiList.Parse([heading, .. lines.Select(l => "  " + l)]);
        return ApiComparison.Deviations(typeof(Sample), list.Types.Values.Single());
    }

    public enum Choice
    {
        An = 0,
        Other = 3,
    }

    public class SampleBase;

    public class Sample : SampleBase, IDisposable
    {
        public Sample(int size) => count = size;

        internal Sample() { }

        public long count { get; private set; }

        public static (long, long) pick<T>(T first, long? second = null, double third = 1e-5, params long[] rest) =>
            (second ?? (long)third, rest.Length);

        public void Dispose() => GC.SuppressFinalize(this);

        protected virtual List<string> names(string[]? from = null) => [.. from ?? []];

        private protected void Hidden() => count++;
    }
}
