using Ptycho.Diffusion.Data;
using Ptycho.Diffusion.Networks;
using Ptycho.IO;
using Ptycho.IO.Safetensors;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.PostProcessing;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tests.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.PostProcessing;

public class UNetPostProcessorTests
{
    private static readonly AwfOptions Awf = new()
    {
        Stop = new StopRules { Iterations = 40 },
        Smoothness = 1e-3,
    };

    private static readonly CompactUNetOptions Tiny = new()
    {
        ModelChannels = 8,
        ChannelMultipliers = [1, 2],
        ResidualBlocks = [1, 1],
        AttentionFactors = [],
        HeadChannels = 8,
    };

    [Test]
    public void AnUntrainedNetworkGivesAwfsResult()
    {
        using var small = new Small();
        using var processor = Untrained();
        var awf = new AwfSolver(Awf).Solve(small.Measurement);
        var result = processor.Solve(small.Measurement);
        Assert.That(ReconstructionMetrics.Nrmse(result.Object, awf.Object), Is.LessThan(1e-6));
        Assert.That(result.Residual, Is.EqualTo(awf.Residual).Within(1e-5));
        Assert.That(result.Solver, Is.EqualTo("U-Net"));
        Assert.That(result.NetworkEvaluations, Is.EqualTo(1));
        Assert.That(result.Iterations, Is.EqualTo(40));
        Assert.That(result.Probe, Is.SameAs(small.Measurement.Probe));
    }

    [Test]
    public void AnySizeAndAnyGlobalPhaseWillDo()
    {
        using var processor = Scrambled();
        var field = new StripedPairs(21).Create(0).Input;
        var turned = field.Clone();
        for (var row = 0; row < 21; row++)
        for (var column = 0; column < 21; column++)
            turned[row, column] *= System.Numerics.Complex.FromPolarCoordinates(1, 2);
        var (first, second) = (processor.Apply(field), processor.Apply(turned));
        Assert.That((first.Height, first.Width), Is.EqualTo((21, 21)));
        Assert.That(second.Real, Is.EqualTo(first.Real).Within(1e-4));
        Assert.That(ReconstructionMetrics.Nrmse(first, field), Is.GreaterThan(0.01), "this network changes its input");
    }

    [Test]
    public void AFileGivesTheSameProcessorAgain()
    {
        using var folder = new TemporaryFolder();
        using var processor = Scrambled();
        processor.Save(folder.File("unet.safetensors"));
        using var read = UNetPostProcessor.Load(folder.File("unet.safetensors"));
        var field = new StripedPairs(16).Create(0).Input;
        Assert.That(read.Apply(field).Real, Is.EqualTo(processor.Apply(field).Real));
        Assert.That(read.Channels, Is.EqualTo(processor.Channels));
        Assert.That(read.Description.Overlap, Is.EqualTo(0.38));
        Assert.That(read.Description.Probe, Is.EqualTo("H"));
        Assert.That(read.Description.Notes["budget"], Is.EqualTo("none"));
        Assert.That(read.Description.ValidationLoss, Is.NaN);
        using var small = new Small();
        Assert.That(
            read.Solve(small.Measurement).Object.Real,
            Is.EqualTo(processor.Solve(small.Measurement).Object.Real),
            "AWF's options are stored too"
        );
    }

    [TestCase("format")]
    [TestCase("network")]
    [TestCase("transform")]
    [TestCase("awf")]
    [TestCase("overlap")]
    public void AMissingOrWrongKeyIsNamed(string key)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("unet.safetensors");
        using (var processor = Untrained())
            processor.Save(path);
        var content = SafetensorsFile.Read(path);
        var metadata = content.Metadata.ToDictionary(StringComparer.Ordinal);
        metadata[key] = "{\"no\": 1}";
        SafetensorsFile.Write(path, content with { Metadata = metadata });
        Assert.That(() => UNetPostProcessor.Load(path), Throws.InstanceOf<InvalidDataException>());
        metadata.Remove(key);
        SafetensorsFile.Write(path, content with { Metadata = metadata });
        Assert.That(
            () => UNetPostProcessor.Load(path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains($"'{key}'").And.Message.Contains(path)
        );
    }

    [Test]
    public void AMissingWeightOrATruncatedFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("unet.safetensors");
        using (var processor = Untrained())
            processor.Save(path);
        var content = SafetensorsFile.Read(path);
        var gone = content.Tensors.Keys.First();
        var rest = content.Tensors.Where(pair => pair.Key != gone).ToDictionary(StringComparer.Ordinal);
        SafetensorsFile.Write(path, content with { Tensors = rest });
        Assert.That(
            () => UNetPostProcessor.Load(path),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains(gone)
        );
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);
        Assert.That(() => UNetPostProcessor.Load(path), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void LeavesNoTensorBehind()
    {
        using var small = new Small();
        using var processor = Scrambled();
        processor.Solve(small.Measurement);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
            processor.Solve(small.Measurement);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void ANetworkThatLearnsAVarianceIsRefused()
    {
        using var network = new CompactUNet(Tiny with { LearnsVariance = true }, 1);
        Assert.That(
            () => new UNetPostProcessor(network, new ChannelNumbers(), Awf),
            Throws.ArgumentException.With.Message.Contains("variance")
        );
    }

    private static UNetPostProcessor Untrained() => new(new CompactUNet(Tiny, 1), new ChannelNumbers(), Awf);

    /// <summary>A network whose output is not 0.</summary>
    private static UNetPostProcessor Scrambled()
    {
        var network = new CompactUNet(Tiny, 1);
        using (no_grad())
        using (NewDisposeScope())
        using (var generator = new Generator(5))
            foreach (var parameter in network.parameters())
                parameter.add_(randn(parameter.shape, float32, generator: generator) * 0.05);
        return new UNetPostProcessor(
            network,
            new ChannelNumbers { Mean = new(0.7, 0.1), Scale = 0.3 },
            Awf,
            new UNetPostDescription
            {
                Overlap = 0.38,
                Probe = "H",
                Notes = new UNetPostDescription().Notes.Add("budget", "none"),
            }
        );
    }
}
