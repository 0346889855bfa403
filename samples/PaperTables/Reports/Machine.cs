using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>Where and with what a run was made.</summary>
internal sealed record Machine(string Processor, int Cores, string System)
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static Machine Here() => new(Name(), Environment.ProcessorCount, RuntimeInformation.OSDescription);

    /// <summary>Versions of what computes.</summary>
    public static IReadOnlyDictionary<string, string> Versions() =>
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ptychoDiffusion"] =
                typeof(Machine)
                    .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                    ?.InformationalVersion
                ?? "unknown",
            ["libtorch"] = __version__,
            ["dotnet"] = Environment.Version.ToString(),
        };

    private static string Name()
    {
        if (!File.Exists(CpuInfo))
            return RuntimeInformation.ProcessArchitecture.ToString();
        var line = File.ReadLines(CpuInfo)
            .FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
