using System.Text.Json;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Weights;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Networks;

/// <summary>The U-Net against output and input gradient of the original implementation with random weights.</summary>
public sealed class ReferenceNetworkTests
{
    private static SafetensorsContent ReadReference() =>
        SafetensorsFile.Read(
            Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "unet_compact.safetensors")
        );

    internal static UNetOptions ReadOptions(string config)
    {
        using var json = JsonDocument.Parse(config);
        var root = json.RootElement;
        return new UNetOptions
        {
            Channels = root.GetProperty("in_channels").GetInt32(),
            ModelChannels = root.GetProperty("model_channels").GetInt32(),
            ResidualBlocks = root.GetProperty("num_res_blocks").GetInt32(),
            AttentionFactors =
            [
                .. root.GetProperty("attention_resolutions").EnumerateArray().Select(element => element.GetInt32()),
            ],
            ChannelMultipliers =
            [
                .. root.GetProperty("channel_mult").EnumerateArray().Select(element => element.GetDouble()),
            ],
            Heads = root.GetProperty("num_heads").GetInt32(),
            HeadChannels = root.GetProperty("num_head_channels").GetInt32(),
            ScaleShiftNorm = root.GetProperty("use_scale_shift_norm").GetBoolean(),
            ResizeByResidualBlocks = root.GetProperty("resblock_updown").GetBoolean(),
            SplitQueryKeyValueFirst = root.GetProperty("use_new_attention_order").GetBoolean(),
        };
    }

    internal static Tensor ToTensor(NumericArray array) =>
        tensor(array.ToSingle(), dtype: ScalarType.Float32).reshape([.. array.Shape.Select(length => (long)length)]);

    private static double RelativeError(Tensor actual, Tensor expected) =>
        (actual - expected).norm().ToDouble() / expected.norm().ToDouble();

    private static GuidedDiffusionUNet Load(SafetensorsContent content)
    {
        var network = new GuidedDiffusionUNet(ReadOptions(content.Metadata["config"]), seed: 5);
        var weights = content
            .Tensors.Where(entry => !entry.Key.StartsWith("ref.", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key, entry => entry.Value);
        NetworkWeights.Apply(network, weights, "unet_compact.safetensors");
        return network;
    }

    [TestCase(ComputePrecision.Float32, 1e-5)]
    [TestCase(ComputePrecision.BFloat16, 3e-2)]
    public void Output_and_input_gradient_agree_with_the_original(ComputePrecision precision, double tolerance)
    {
        using var scope = NewDisposeScope();
        var content = ReadReference();
        using var network = Load(content);
        network.Precision = precision;
        network.eval();
        var x = ToTensor(content.Tensors["ref.x"]).requires_grad_();

        var y = network.forward(x, ToTensor(content.Tensors["ref.t"]));
        y.backward([ToTensor(content.Tensors["ref.cotangent"])]);

        var output = RelativeError(y.detach(), ToTensor(content.Tensors["ref.y"]));
        var gradient = RelativeError(x.grad!, ToTensor(content.Tensors["ref.grad_x"]));
        TestContext.Out.WriteLine($"{precision}: output {output:E2}, gradient {gradient:E2}");
        Assert.That(output, Is.LessThan(tolerance));
        Assert.That(gradient, Is.LessThan(tolerance));
    }

    [Test]
    public void State_has_exactly_the_keys_and_shapes_of_the_original()
    {
        var content = ReadReference();
        using var network = new GuidedDiffusionUNet(ReadOptions(content.Metadata["config"]));

        var own = network.state_dict().Select(entry => $"{entry.Key} [{string.Join(",", entry.Value.shape)}]");

        var original = content
            .Tensors.Where(entry => !entry.Key.StartsWith("ref.", StringComparison.Ordinal))
            .Select(entry => $"{entry.Key} [{string.Join(",", entry.Value.Shape)}]");
        Assert.That(own, Is.EquivalentTo(original));
    }
}
