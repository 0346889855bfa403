using TorchSharp;

namespace Ptycho.LibTorch.Tests.Seam;

public class SignatureTests
{
    private static readonly Dictionary<string, ListedType> Listed = Read("torchsharp-api-0.105.1.txt")
        .Concat(Read("torchsharp-api-unlisted.txt"))
        .ToDictionary(StringComparer.Ordinal);

    public static IEnumerable<TestCaseData> ExposedTypes() =>
        typeof(torch).Assembly.GetExportedTypes().Select(t => new TestCaseData(t).SetArgDisplayNames(ApiText.Name(t)));

    [TestCaseSource(nameof(ExposedTypes))]
    public void ExposesNothingButWhatTorchSharpHas(Type type)
    {
        var name = ApiText.Name(type);
        Assert.That(type.Namespace, Is.EqualTo("TorchSharp").Or.StartWith("TorchSharp."));
        Assert.That(Listed.Keys, Does.Contain(name), "a type that neither list has");
        Assert.That(string.Join('\n', ApiComparison.Deviations(type, Listed[name])), Is.Empty);
    }

    private static IReadOnlyDictionary<string, ListedType> Read(string file) =>
        ApiList.Parse(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file))).Types;
}
