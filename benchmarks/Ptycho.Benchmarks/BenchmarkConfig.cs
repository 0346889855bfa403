using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;

namespace Ptycho.Benchmarks;

/// <summary>
/// One process for all: libtorch is loaded once with the caller's thread settings, and no project is generated and built.
/// Results go to artifacts/benchmarks under the current folder.
/// </summary>
public sealed class BenchmarkConfig : ManualConfig
{
    public BenchmarkConfig()
    {
        var toolchain = new InProcessNoEmitToolchain(TimeSpan.FromMinutes(20), logOutput: true);
        AddJob(
            Job.Default.WithToolchain(toolchain)
                .WithStrategy(RunStrategy.Monitoring)
                .WithWarmupCount(3)
                .WithIterationCount(15)
                .WithInvocationCount(1)
                .WithUnrollFactor(1)
        );
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median, StatisticColumn.Min);
        AddLogger(ConsoleLogger.Default);
        AddExporter(JsonExporter.Brief);
        WithSummaryStyle(BenchmarkDotNet.Reports.SummaryStyle.Default.WithTimeUnit(TimeUnit.Millisecond));
        ArtifactsPath = Path.Combine("artifacts", "benchmarks");
    }
}
