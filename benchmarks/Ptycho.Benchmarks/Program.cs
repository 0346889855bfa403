using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Ptycho.Benchmarks;
using Ptycho.Benchmarks.Guidance;
using Ptycho.Benchmarks.Networks;
using static TorchSharp.torch;

if (args is ["write-network" or "write-guidance", var path])
{
    if (args[0] == "write-network")
        NetworkReference.Write(path);
    else
        GuidanceReference.Write(path);
    return 0;
}

var types = new List<Type>();
foreach (var type in typeof(BenchmarkConfig).Assembly.GetTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
{
    if (!type.GetMethods().Any(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null))
        continue;
    if (type.GetCustomAttribute<RequiresCudaAttribute>() is not null && !cuda.is_available())
        Console.WriteLine($"Skipped {type.Name}: this machine has no CUDA device that libtorch can use.");
    else
        types.Add(type);
}
var summaries = BenchmarkSwitcher.FromTypes([.. types]).Run(args, new BenchmarkConfig());
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
    ? 1
    : 0;
