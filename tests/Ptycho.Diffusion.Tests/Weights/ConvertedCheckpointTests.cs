using System.Diagnostics;
using Ptycho.Diffusion.Priors;
using Ptycho.Diffusion.Tests.Networks;
using Ptycho.IO.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Weights;

/// <summary>
/// eng/convert_guided_diffusion.py over a checkpoint that PyTorch itself wrote. Skipped where no Python has PyTorch; the
/// variable PYTHON names one.
/// </summary>
public sealed class ConvertedCheckpointTests
{
    private const string SaveCheckpoint = """
        import json, math, sys
        import numpy as np, torch
        source, out, change = sys.argv[1:]
        data = open(source, "rb").read()
        size = int.from_bytes(data[:8], "little")
        header, start = json.loads(data[8:8 + size]), 8 + size
        state = {}
        for name, entry in header.items():
            if name != "__metadata__" and not name.startswith("ref."):
                count = math.prod(entry["shape"])
                values = np.frombuffer(data, "<f4", offset=start + entry["data_offsets"][0], count=count)
                state[name] = torch.from_numpy(values.copy()).reshape(entry["shape"])
        if change == "classes":
            state["label_emb.weight"] = torch.zeros(3, 4)
        torch.save({"model": state, "step": 3} if change == "nested" else state, out)
        """;

    private static readonly string s_python = Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3";
    private string folder = null!;

    [OneTimeSetUp]
    public void FindPyTorch()
    {
        if (!File.Exists(s_python) || Python("-c", "import torch, numpy").Status != 0)
            Assert.Ignore($"{s_python} has no PyTorch, which the script needs.");
    }

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ptycho-convert-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    private static string Source =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "unet_compact.safetensors");

    private string In(string name) => Path.Combine(folder, name);

    [Test]
    public void A_converted_checkpoint_is_a_prior_with_the_original_answers()
    {
        var converted = Convert("none", config => config, "--schedule", "cosine", "--steps", "500");
        Assert.That(converted.Status, Is.Zero, converted.Errors);
        using var scope = NewDisposeScope();
        using var prior = NetworkPrior.Load(In("prior.safetensors"));
        var reference = SafetensorsFile.Read(Source).Tensors;
        var (x, t, y) = (Get("ref.x"), Get("ref.t"), Get("ref.y"));
        using var noGrad = no_grad();
        var error = (prior.Network.forward(x, t) - y).norm().ToDouble() / y.norm().ToDouble();
        Assert.That(error, Is.LessThan(1e-5));
        Assert.That(prior.Schedule.Steps, Is.EqualTo(500));
        Assert.That(prior.Prediction, Is.EqualTo(Diffusion.Predictions.Prediction.Epsilon));
        Assert.That(prior.Description.GaugeRule, Is.EqualTo("arg-sum-zero"));
        Assert.That(prior.Description.Notes["source"], Is.EqualTo("model.pt"));

        Tensor Get(string key) => ReferenceNetworkTests.ToTensor(reference[key]);
    }

    [TestCase("classes", "conditioned on classes")]
    [TestCase("nested", "expected a state_dict")]
    public void Another_kind_of_checkpoint_is_refused(string change, string message)
    {
        var converted = Convert(change, config => config);
        Assert.That(converted.Status, Is.Not.Zero);
        Assert.That(converted.Errors, Does.Contain(message));
        Assert.That(File.Exists(In("prior.safetensors")), Is.False);
    }

    [Test]
    public void Another_number_of_channels_is_refused()
    {
        var converted = Convert("none", config => config.Replace("\"in_channels\": 2", "\"in_channels\": 3"));
        Assert.That(converted.Errors, Does.Contain("has 3 channels"));
        Assert.That(File.Exists(In("prior.safetensors")), Is.False);
    }

    private (int Status, string Errors) Convert(string change, Func<string, string> config, params string[] more)
    {
        var saved = Python("-c", SaveCheckpoint, Source, In("model.pt"), change);
        Assert.That(saved.Status, Is.Zero, saved.Errors);
        File.WriteAllText(In("config.json"), config(SafetensorsFile.Read(Source).Metadata["config"]));
        return Python([Script(), In("model.pt"), In("prior.safetensors"), "--config", In("config.json"), .. more]);
    }

    private static string Script()
    {
        var place = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (place is not null && !File.Exists(Path.Combine(place.FullName, "PtychoDiffusion.sln")))
            place = place.Parent;
        return Path.Combine(place!.FullName, "eng", "convert_guided_diffusion.py");
    }

    private static (int Status, string Errors) Python(params string[] arguments)
    {
        var start = new ProcessStartInfo(s_python, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
