using System.Collections.Immutable;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Networks;
using Ptycho.Diffusion.Training;
using Ptycho.Diffusion.Transforms;
using Ptycho.Diffusion.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Training;

public sealed class PriorExporterTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ptycho-export-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase(WeightStorage.Float32, 0.0)]
    [TestCase(WeightStorage.Float16, 5e-3)]
    public void What_is_loaded_denoises_as_what_was_trained(WeightStorage storage, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var network = TinyTraining.Network();
        CompactUNetTests.Shake(network, 4);
        var schedule = NoiseSchedule.Linear(500);
        var transform = new MagnitudePhaseTransform(new MagnitudePhaseOptions { PhaseScale = 0.7 });
        var notes = ImmutableSortedDictionary<string, string>.Empty.Add("data", "scene").Add("step", "old");
        var exporter = new PriorExporter(
            network,
            schedule,
            transform,
            Prediction.Velocity,
            new PriorDescription { GaugeRule = "arg-sum-zero", Notes = notes }
        );
        var path = Path.Combine(folder, "prior.safetensors");
        exporter.Write(path, 1234, [KeyValuePair.Create("score", ".02")], storage);

        using var prior = NetworkPrior.Load(path);
        using var generator = new Generator(9);
        var x = randn([2, 2, 16, 16], generator: generator);
        var alphaBar = schedule.AlphaBar(200);
        Tensor expected;
        using (no_grad())
        {
            var velocity = network.forward(x, full(2, 199f, dtype: ScalarType.Float32));
            expected = x * Math.Sqrt(alphaBar) - velocity * Math.Sqrt(1 - alphaBar);
        }
        var error = (prior.Denoise(x, 200) - expected).norm().ToDouble() / expected.norm().ToDouble();
        Assert.That(error, Is.LessThanOrEqualTo(Math.Max(tolerance, 1e-6)));
        Assert.That(prior.Schedule.Definition, Is.EqualTo(schedule.Definition));
        Assert.That(prior.Transform.Parameters["phaseScale"], Is.EqualTo(0.7));
        Assert.That(prior.Description.GaugeRule, Is.EqualTo("arg-sum-zero"));
        Assert.That(
            prior.Description.Notes,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["data"] = "scene",
                    ["score"] = ".02",
                    ["step"] = "1234",
                }
            )
        );
    }

    [Test]
    public void The_network_stays_trainable()
    {
        using var network = TinyTraining.Network();
        var exporter = new PriorExporter(
            network,
            NoiseSchedule.Linear(),
            new MagnitudePhaseTransform(),
            Prediction.Velocity
        );
        network.train();
        exporter.Write(Path.Combine(folder, "prior.safetensors"), 1);
        Assert.That(network.training);
        Assert.That(network.parameters().All(p => p.requires_grad));
    }
}
