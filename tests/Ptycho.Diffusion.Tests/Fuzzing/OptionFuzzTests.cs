using System.Collections.Immutable;
using System.Text.Json;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Training;
using Ptycho.Diffusion.Transforms;
using Ptycho.Diffusion.Weights;
using Ptycho.Tests.Shared;

namespace Ptycho.Diffusion.Tests.Fuzzing;

/// <summary>
/// Damaged options as JSON: what a stored prior says of its network, prediction, schedule and transform. Each is read, or
/// refused with JsonException or ArgumentException; a network gets no more weights than it may have.
/// </summary>
public class OptionFuzzTests
{
    private const int Few = 300;
    private const int Many = 20_000;
    private const long MostWeights = 200_000;
    private const long MostMemory = 16 << 20;

    private static readonly UNetOptions SmallUNet = UNetOptions.Paper with
    {
        ModelChannels = 8,
        ChannelMultipliers = [1, 2],
        AttentionFactors = [2],
        HeadChannels = 8,
        Groups = 4,
    };

    public static IEnumerable<TestCaseData> Texts()
    {
        foreach (var count in (int[])[Few, Many])
        {
            yield return Case("compact network", NetworkJson.Write(TinyTraining.Size), Network("compact-unet"), count);
            yield return Case("network", NetworkJson.Write(SmallUNet), Network("guided-diffusion-unet"), count);
            yield return Case(
                "schedule",
                NetworkJson.Write(NoiseSchedule.FromBetas([0.1, 0.2, 0.3]).Definition),
                json => NoiseSchedule.FromDefinition(NetworkJson.Read<ScheduleDefinition>(json)),
                count
            );
            yield return Case(
                "prediction",
                NetworkJson.Write(Prediction.Preconditioned(0.5)),
                json => NetworkJson.Read<Prediction>(json),
                count
            );
            yield return Case(
                "transform",
                NetworkJson.Write(StoredTransform.Of(new MagnitudePhaseTransform())),
                json => NetworkJson.Read<StoredTransform>(json).Create(),
                count
            );
            yield return Case(
                "notes",
                NetworkJson.Write(ImmutableSortedDictionary<string, string>.Empty.Add("steps", "12").Add("µ", "→")),
                json => NetworkJson.Read<ImmutableSortedDictionary<string, string>>(json),
                count
            );
        }
    }

    [TestCaseSource(nameof(Texts))]
    public void DamagedOptionsAreReadOrRefused(string good, Action<string> read, int count)
    {
        var refused = 0;
        read(good);
        for (var i = 0; i < count; i++)
            if (!Reads(JsonDamage.Make(good, i), read, $"damage {i}"))
                refused++;
        for (var length = 0; length < good.Length; length++)
            Assert.That(Reads(good[..length], read, $"the first {length}"), Is.False, good[..length]);
        TestContext.Out.WriteLine($"{count} damaged texts of about {good.Length} characters, {refused} refused");
        Assert.That(refused, Is.GreaterThan(count / 4));
    }

    [TestCase(100)]
    [TestCase(10_000, Category = "Long")]
    public void ADamagedPriorIsRefusedOrRead(int count)
    {
        var folder = Directory.CreateTempSubdirectory("ptycho-fuzz-").FullName;
        try
        {
            var path = Path.Combine(folder, "prior.safetensors");
            using (
                var prior = new NetworkPrior(
                    TinyTraining.Network(),
                    NoiseSchedule.Linear(),
                    new MagnitudePhaseTransform(),
                    Prediction.Velocity
                )
            )
                prior.Save(path);
            var runs = new DamagedRuns(
                path,
                () => NetworkPrior.Load(path).Dispose(),
                e => e is InvalidDataException && e.Message.Contains(path, StringComparison.Ordinal)
            );
            runs.Fuzz(count);
            runs.CutOff(Math.Min(count, 2000));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TestCaseData Case(string name, string good, Action<string> read, int count)
    {
        var data = new TestCaseData(good, read, count).SetArgDisplayNames(name, $"{count}");
        return count == Few ? data : data.SetCategory("Long");
    }

    private static Action<string> Network(string architecture) =>
        json => NetworkArchitectures.Standard.Create(architecture, json, MostWeights).Dispose();

    private static bool Reads(string json, Action<string> read, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(json);
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is not AssertionException)
        {
            Assert.Fail($"{what}, {json}: {e}");
            return false;
        }
        finally
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostMemory), what);
        }
    }
}
