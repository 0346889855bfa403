using System.Text.Json;
using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Weights;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Networks;

/// <summary>
/// The options of the U-Net against outputs and input gradients of the original code, for weights and inputs that are
/// given by formulas. "plain": added time, learned resampling, new attention order, other heads on the way up;
/// "pooled": resampling without weights, learned variance, attention at all scales; "blocks": three channels, no
/// attention but in the middle, a first multiplier of 2.
/// </summary>
public sealed class ReferenceOptionTests
{
    private static SafetensorsContent ReadReference() =>
        SafetensorsFile.Read(
            Path.Combine(TestContext.CurrentContext.TestDirectory, "data", "unet_options.safetensors")
        );

    private static UNetOptions ReadOptions(string config)
    {
        using var json = JsonDocument.Parse(config);
        var root = json.RootElement;
        return ReferenceNetworkTests.ReadOptions(config) with
        {
            HeadsUp = root.GetProperty("num_heads_upsample").GetInt32(),
            LearnedResampling = root.GetProperty("conv_resample").GetBoolean(),
            LearnsVariance = root.GetProperty("out_channels").GetInt32() > root.GetProperty("in_channels").GetInt32(),
        };
    }

    private static NumericArray Weight(int key, string name, long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        var fan = values.Length / (double)shape[0];
        for (var i = 0; i < values.Length; i++)
        {
            var wave = Math.Sin(1.7 * i + 0.3 * key + 0.011 * ((long)i * i % 1013));
            values[i] = (float)(
                shape.Length > 1 ? 1.5 * wave / Math.Sqrt(fan)
                : name.EndsWith("weight", StringComparison.Ordinal) ? 1 + 0.2 * wave
                : 0.2 * wave
            );
        }
        return NumericArray.Create<float>(values, [.. shape.Select(length => (int)length)]);
    }

    private static Tensor Formula(long[] shape, Func<long, double> value) =>
        tensor(
                Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)value(i)).ToArray(),
                dtype: ScalarType.Float32
            )
            .reshape(shape);

    [TestCase("plain", 1_002_306)]
    [TestCase("pooled", 826_212)]
    [TestCase("blocks", 610_726)]
    public void Every_option_agrees_with_the_original(string name, long parameters)
    {
        using var scope = NewDisposeScope();
        var content = ReadReference();
        using var network = new GuidedDiffusionUNet(ReadOptions(content.Metadata[name]));
        Assert.That(network.ParameterCount, Is.EqualTo(parameters));
        var weights = network
            .state_dict()
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select((entry, key) => (entry.Key, Array: Weight(key, entry.Key, entry.Value.shape)))
            .ToDictionary(entry => entry.Key, entry => entry.Array);
        NetworkWeights.Apply(network, weights, name);
        network.eval();
        var x = Formula([2, network.Channels, 16, 16], i => Math.Sin(0.9 * i + 0.05 * (i * i % 773))).requires_grad_();

        var y = network.forward(x, tensor(new[] { 3f, 712.5f }));
        y.backward([Formula(y.shape, i => Math.Cos(1.3 * i))]);

        Check(y.detach(), content.Tensors[$"{name}.y"]);
        Check(x.grad!, content.Tensors[$"{name}.grad_x"]);
        static void Check(Tensor actual, NumericArray reference)
        {
            var expected = ReferenceNetworkTests.ToTensor(reference);
            Assert.That(actual.shape, Is.EqualTo(expected.shape));
            var error = (actual - expected).norm().ToDouble() / expected.norm().ToDouble();
            TestContext.Out.WriteLine($"{error:E2}");
            Assert.That(error, Is.LessThan(2e-5));
        }
    }

    [Test]
    public void Dropout_acts_in_training_only()
    {
        using var scope = NewDisposeScope();
        using var network = new CompactUNet(CompactUNetTests.Small with { Dropout = 0.5 });
        CompactUNetTests.Shake(network, 1);
        var (x, t) = (ones(1, 2, 16, 16), tensor(new[] { 9f }));
        network.train();
        Assert.That(network.forward(x, t).allclose(network.forward(x, t)), Is.False);
        network.eval();
        Assert.That(network.forward(x, t).allclose(network.forward(x, t), 0, 0), Is.True);
    }
}
