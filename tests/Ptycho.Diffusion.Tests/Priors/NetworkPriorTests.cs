using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Predictions;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Schedules;
using Ptycho.Diffusion.Tests.Networks;
using Ptycho.Diffusion.Transforms;
using Ptycho.Diffusion.Weights;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Priors;

public sealed class NetworkPriorTests
{
    private string _folder = "";

    private string Path => System.IO.Path.Combine(_folder, "prior.safetensors");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("prior").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private static NetworkPrior Compact(Prediction? prediction = null, bool learnsVariance = false)
    {
        var network = new CompactUNet(CompactUNetTests.Small with { LearnsVariance = learnsVariance }, seed: 1);
        CompactUNetTests.Shake(network, 2);
        return new NetworkPrior(
            network,
            NoiseSchedule.Cosine(400, 0.01),
            new MagnitudePhaseTransform(new MagnitudePhaseOptions { PhaseScale = 0.6 }),
            prediction ?? Prediction.Velocity,
            new PriorDescription
            {
                Symmetry = ObjectSymmetry.Mirror,
                Notes = new PriorDescription().Notes.Add("data", "made up"),
            }
        );
    }

    private static Tensor State()
    {
        using var generator = new Generator(9);
        return randn([2, 2, 16, 16], generator: generator);
    }

    [Test]
    public void A_prior_asks_the_network_with_level_minus_one_and_converts_its_output()
    {
        using var scope = NewDisposeScope();
        using var prior = Compact();
        var x = State();
        var output = prior.Network.forward(x, tensor(new[] { 99f, 99f }));
        var alphaBar = prior.Schedule.AlphaBar(100);
        var expected = x * Math.Sqrt(alphaBar) - output * Math.Sqrt(1 - alphaBar);
        Assert.That(prior.Denoise(x, 100).allclose(expected, 1e-5, 1e-5), Is.True);
    }

    [Test]
    public void Preconditioned_input_is_scaled()
    {
        using var scope = NewDisposeScope();
        using var prior = Compact(Prediction.Preconditioned(0.5));
        var x = State();
        var scales = prior.Prediction.At(prior.Schedule, 30);
        var output = prior.Network.forward(x * scales.Input, tensor(new[] { 29f, 29f }));
        Assert.That(prior.Denoise(x, 30).allclose(scales.Denoise(x, output), 1e-4, 1e-4), Is.True);
        Assert.That(scales.Input, Is.Not.EqualTo(1).Within(0.05));
    }

    [Test]
    public void A_learned_variance_is_the_second_half_of_the_channels()
    {
        using var scope = NewDisposeScope();
        using var prior = Compact(learnsVariance: true);
        var x = State();
        var output = prior.Network.forward(x, tensor(new[] { 49f, 49f }));
        var (sample, weight) = prior.DenoiseWithVariance(x, 50);
        Assert.That(output.shape[1], Is.EqualTo(4));
        Assert.That(weight.allclose((output.narrow(1, 2, 2) + 1) / 2, 1e-5, 1e-5), Is.True);
        Assert.That(sample.allclose(prior.Denoise(x, 50), 1e-6, 1e-6), Is.True);
        using var without = Compact();
        Assert.That(() => without.DenoiseWithVariance(x, 50), Throws.InvalidOperationException);
    }

    [Test]
    public void The_estimate_is_differentiable_in_the_state_and_not_in_the_weights()
    {
        using var scope = NewDisposeScope();
        using var prior = Compact();
        var x = State().requires_grad_();
        prior.Denoise(x, 100).square().sum().backward();
        Assert.That(x.grad!.abs().max().ToDouble(), Is.GreaterThan(0));
        Assert.That(prior.Network.parameters().All(parameter => parameter.grad is null), Is.True);
        using (no_grad())
            Assert.That(prior.Denoise(x, 100).requires_grad, Is.False);
    }

    [Test]
    public void Saved_and_loaded_the_prior_is_the_same()
    {
        using var scope = NewDisposeScope();
        using var prior = Compact(learnsVariance: true);
        prior.Save(Path);
        using var loaded = NetworkPrior.Load(Path);
        var x = State();
        Assert.That(loaded.Denoise(x, 77).allclose(prior.Denoise(x, 77), 0, 0), Is.True);
        Assert.That(loaded.Schedule.Definition, Is.EqualTo(prior.Schedule.Definition));
        Assert.That(loaded.Prediction, Is.EqualTo(prior.Prediction));
        Assert.That(((MagnitudePhaseTransform)loaded.Transform).Options.PhaseScale, Is.EqualTo(0.6));
        Assert.That(((CompactUNet)loaded.Network).Options, Is.EqualTo(((CompactUNet)prior.Network).Options));
        Assert.That(loaded.Description.Notes["data"], Is.EqualTo("made up"));
        Assert.That(loaded.Description.GaugeRule, Is.EqualTo("arg-sum-zero"));
        Assert.That(loaded.Symmetry, Is.EqualTo(ObjectSymmetry.Mirror));
    }

    [Test]
    public void A_file_that_says_nothing_of_symmetry_has_none_and_an_unknown_one_is_refused()
    {
        Change(_ => { }, metadata => metadata.Remove("symmetry"));
        using (var loaded = NetworkPrior.Load(Path))
            Assert.That(loaded.Symmetry, Is.EqualTo(ObjectSymmetry.None));
        Change(_ => { }, metadata => metadata["symmetry"] = "17");
        ExpectBadFile("'symmetry'", "'17'", "Mirror");
    }

    [Test]
    public void Half_precision_is_half_the_size_and_nearly_the_same()
    {
        using var scope = NewDisposeScope();
        using var prior = Compact();
        prior.Save(Path);
        var full = new FileInfo(Path).Length;
        prior.Save(Path, WeightStorage.Float16);
        Assert.That(new FileInfo(Path).Length, Is.LessThan(0.7 * full));
        using var loaded = NetworkPrior.Load(Path);
        var (before, after) = (prior.Denoise(State(), 77), loaded.Denoise(State(), 77));
        var error = (after - before).norm().ToDouble() / before.norm().ToDouble();
        Assert.That(error, Is.InRange(1e-8, 2e-3));
    }

    [Test]
    public void A_loaded_prior_rounds_its_weights_once_with_the_same_result()
    {
        using var scope = NewDisposeScope();
        using var prior = Compact();
        prior.Network.Precision = ComputePrecision.BFloat16;
        prior.Save(Path);
        using var loaded = NetworkPrior.Load(Path, precision: ComputePrecision.BFloat16);
        var x = State();
        var expected = prior.Denoise(x, 50);
        Assert.That(loaded.Denoise(x, 50).allclose(expected, 0, 0), Is.True);
        Assert.That(loaded.Denoise(x, 50).allclose(expected, 0, 0), Is.True);
        var wanted = x.clone().requires_grad_();
        loaded.Denoise(wanted, 50).square().sum().backward();
        Assert.That(wanted.grad!.abs().max().ToDouble(), Is.GreaterThan(0));
    }

    [Test]
    public void The_large_network_and_given_betas_are_stored_too()
    {
        var options = new UNetOptions
        {
            ModelChannels = 16,
            ChannelMultipliers = [1, 2],
            AttentionFactors = [],
            HeadChannels = -1,
            Heads = 2,
            Groups = 4,
            ResizeByResidualBlocks = false,
        };
        using var prior = new NetworkPrior(
            new GuidedDiffusionUNet(options),
            NoiseSchedule.FromBetas([0.1, 0.3, 0.7]),
            new RealImaginaryTransform(),
            Prediction.Preconditioned(0.25)
        );
        prior.Save(Path);
        using var loaded = NetworkPrior.Load(Path);
        Assert.That(((GuidedDiffusionUNet)loaded.Network).Options, Is.EqualTo(options));
        Assert.That(loaded.Schedule.AlphaBars.ToArray(), Is.EqualTo(prior.Schedule.AlphaBars.ToArray()));
        Assert.That(loaded.Prediction.DataDeviation, Is.EqualTo(0.25));
        Assert.That(loaded.Transform, Is.InstanceOf<RealImaginaryTransform>());
    }

    private void Change(
        Action<Dictionary<string, NumericArray>> tensors,
        Action<Dictionary<string, string>>? metadata = null
    )
    {
        using (var prior = Compact())
            prior.Save(Path);
        var content = SafetensorsFile.Read(Path);
        var arrays = content.Tensors.ToDictionary(entry => entry.Key, entry => entry.Value);
        var texts = content.Metadata.ToDictionary(entry => entry.Key, entry => entry.Value);
        tensors(arrays);
        metadata?.Invoke(texts);
        SafetensorsFile.Write(Path, new SafetensorsContent(arrays, texts));
    }

    private void ExpectBadFile(params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => NetworkPrior.Load(Path).Dispose());
        Assert.That(error!.Message, Does.Contain(Path));
        foreach (var part in parts)
            Assert.That(error.Message, Does.Contain(part));
    }

    [Test]
    public void A_missing_key_is_named()
    {
        Change(tensors => tensors.Remove("time_embed.0.bias"));
        ExpectBadFile("'time_embed.0.bias' is missing");
    }

    [Test]
    public void An_unexpected_key_is_named()
    {
        Change(tensors => tensors["more.weight"] = NumericArray.Create<float>([1f], 1));
        ExpectBadFile("'more.weight' is not expected");
    }

    [Test]
    public void A_wrong_shape_is_named()
    {
        Change(tensors => tensors["out.0.bias"] = NumericArray.Create<float>([1f], 1));
        ExpectBadFile("'out.0.bias'", "[1]", "[16]");
    }

    [Test]
    public void A_weight_that_is_not_a_number_is_named()
    {
        Change(tensors => tensors["out.0.bias"] = NumericArray.Create<float>([.. new float[15], float.NaN], 16));
        ExpectBadFile("'out.0.bias'", "element 15");
    }

    [TestCase("format", "'format'", "other")]
    [TestCase("architecture", "network", "other")]
    [TestCase("network", "network", "{\"modelChannels\": -3}")]
    [TestCase("network", "network", "{\"colour\": 3}")]
    [TestCase("network", "network", "null")]
    [TestCase("network", "far more weights", "{\"modelChannels\": 60000, \"residualBlocks\": [1, 1, 1]}")]
    [TestCase("network", "network", "{\"modelChannels\": 2000000000, \"residualBlocks\": [1, 1, 1]}")]
    [TestCase("network", "network", "{\"channelMultipliers\": null}")]
    [TestCase("schedule", "schedule", "{\"steps\": 2000000000}")]
    [TestCase("transform", "transform", "{\"name\": \"magnitude-phase\"}")]
    [TestCase("schedule", "schedule", "{\"kind\": \"linear\", \"steps\": 0}")]
    [TestCase("schedule", "schedule", "{\"kind\": \"betas\", \"steps\": 2, \"betas\": [0.1, 7]}")]
    [TestCase("prediction", "prediction", "{\"kind\": \"guess\"}")]
    [TestCase("transform", "transform", "{\"name\": \"magnitude-phase\", \"parameters\": {}}")]
    [TestCase("notes", "notes", "[1]")]
    public void Wrong_metadata_is_named(string key, string part, string text)
    {
        Change(_ => { }, metadata => metadata[key] = text);
        ExpectBadFile(key == "format" ? "format is 'other'" : part);
    }

    [TestCase("format")]
    [TestCase("schedule")]
    [TestCase("gauge")]
    public void Missing_metadata_is_named(string key)
    {
        Change(_ => { }, metadata => metadata.Remove(key));
        ExpectBadFile($"'{key}' is missing");
    }

    [Test]
    public void A_truncated_file_is_refused()
    {
        Change(_ => { });
        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, bytes[..(bytes.Length / 2)]);
        ExpectBadFile();
    }

    [Test]
    public void A_network_of_ones_own_is_stored_and_loaded_by_name()
    {
        using var prior = Compact();
        prior.Save(Path);
        var made = 0;
        var architectures = NetworkArchitectures.Standard.With(
            "compact-unet",
            json =>
            {
                made++;
                return NetworkArchitectures.Standard.Create("compact-unet", json);
            }
        );
        using var loaded = NetworkPrior.Load(Path, architectures: architectures);
        Assert.That(made, Is.EqualTo(1));
    }

    [Test]
    public void Wrong_arguments_are_named()
    {
        using var prior = Compact();
        using var x = State();
        Assert.That(
            () => prior.Denoise(x, 401),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("1…400")
        );
        using var network = new CompactUNet(CompactUNetTests.Small with { Channels = 3 });
        Assert.That(
            () => new NetworkPrior(network, NoiseSchedule.Linear(), new RealImaginaryTransform(), Prediction.Epsilon),
            Throws.ArgumentException.With.Message.Contains("2 channels")
        );
    }
}
