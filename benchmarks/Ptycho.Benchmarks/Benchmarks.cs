using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using static TorchSharp.torch;

namespace Ptycho.Benchmarks;

/// <summary>Everything in this assembly that BenchmarkDotNet runs.</summary>
internal static class Benchmarks
{
    /// <summary>Runs what the arguments select.</summary>
    /// <returns>0, or 1 where one failed.</returns>
    public static int Run(string[] args)
    {
        var types = new List<Type>();
        foreach (var type in typeof(Benchmarks).Assembly.GetTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            if (!type.GetMethods().Any(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null))
                continue;
            if (type.GetCustomAttribute<RequiresCudaAttribute>() is not null && !cuda.is_available())
                Console.WriteLine($"Skipped {type.Name}: this machine has no CUDA device that libtorch can use.");
            else
                types.Add(type);
        }

        var summaries = BenchmarkSwitcher.FromTypes([.. types]).Run(args, new BenchmarkConfig());
        return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
