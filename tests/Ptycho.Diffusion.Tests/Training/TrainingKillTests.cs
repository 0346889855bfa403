using System.Text.Json;
using Ptycho.Tests.Shared;

namespace Ptycho.Diffusion.Tests.Training;

/// <summary>Training in a child process that is killed at random moments and started again.</summary>
public sealed class TrainingKillTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ptycho-kill-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase(2)]
    [TestCase(50, Category = "Long")]
    public void A_killed_training_ends_with_the_same_bits(int kills)
    {
        var whole = Path.Combine(folder, "whole");
        ChildProcess.Train(whole);
        var expected = File.ReadAllBytes(Last(whole));
        var runs = new KilledRuns(typeof(ChildProcess), run => ["train", run], Stamp);
        runs.Run(
            kills,
            kills,
            folder,
            run =>
            {
                Assert.That(File.ReadAllBytes(Last(run)), Is.EqualTo(expected));
                Assert.That(LoggedSteps(run), Is.EqualTo(LoggedSteps(whole)), "every step is in the log once");
                Assert.That(Checkpoints(run), Has.Length.EqualTo(2), "older checkpoints are gone");
            }
        );
    }

    private static string Last(string run) => Path.Combine(run, $"checkpoint-{ChildProcess.Steps:D9}.safetensors");

    private static string Stamp(string run) => Checkpoints(run).LastOrDefault() ?? "";

    private static string[] Checkpoints(string run) =>
        [.. Directory.EnumerateFiles(run, "checkpoint-*.safetensors").Order(StringComparer.Ordinal)];

    private static long[] LoggedSteps(string run) =>
        [
            .. File.ReadLines(Path.Combine(run, "log.jsonl"))
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt64()),
        ];
}
