using Ptycho.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Networks;

public sealed class CompactUNetTests
{
    internal static CompactUNetOptions Small =>
        new()
        {
            ModelChannels = 16,
            ResidualBlocks = [1, 1, 1],
            HeadChannels = 16,
            Groups = 4,
        };

    /// <summary>Gives the layers that start at 0 small values, or the output would be 0.</summary>
    internal static void Shake(ScoreNetwork network, long seed)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(0).manual_seed(seed);
        foreach (var parameter in network.parameters())
            parameter.add_(randn(parameter.shape, generator: generator) * 0.05);
    }

    private static Tensor Input(int batch, int height, int width)
    {
        using var generator = new Generator(8);
        return randn([batch, 2, height, width], generator: generator);
    }

    [TestCase(8, 8)]
    [TestCase(64, 32)]
    public void Any_size_that_is_a_multiple_works(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var network = new CompactUNet(Small);
        Shake(network, 1);
        var output = network.forward(Input(2, height, width), tensor(new[] { 3f, 700f }));
        Assert.That(output.shape, Is.EqualTo(new long[] { 2, 2, height, width }));
        Assert.That(output.std().ToDouble(), Is.GreaterThan(1e-3));
        Assert.That(network.SizeMultiple, Is.EqualTo(8));
    }

    [Test]
    public void A_fresh_network_gives_zero_and_images_of_a_batch_do_not_mix()
    {
        using var scope = NewDisposeScope();
        using var network = new CompactUNet(Small);
        var input = Input(2, 16, 16);
        var time = tensor(new[] { 3f, 700f });
        Assert.That(network.forward(input, time).abs().max().ToDouble(), Is.Zero);
        Shake(network, 1);
        var both = network.forward(input, time);
        var second = network.forward(input.narrow(0, 1, 1), time.narrow(0, 1, 1));
        Assert.That(both.narrow(0, 1, 1).allclose(second, 1e-4, 1e-5), Is.True);
    }

    [Test]
    public void The_seed_decides_the_weights_and_the_global_generator_is_left_alone()
    {
        using var scope = NewDisposeScope();
        var before = random.get_rng_state();
        using var first = new CompactUNet(Small, seed: 7);
        using var again = new CompactUNet(Small, seed: 7);
        using var other = new CompactUNet(Small, seed: 8);
        Assert.That(random.get_rng_state().allclose(before, 0, 0), Is.True);
        var pairs = first.parameters().Zip(again.parameters(), other.parameters()).ToArray();
        Assert.That(pairs.All(p => p.First.allclose(p.Second, 0, 0)), Is.True);
        Assert.That(pairs.Any(p => !p.First.allclose(p.Third, 0, 0)), Is.True);
        Assert.That(first.parameters().All(p => p.isfinite().all().ToBoolean()), Is.True);
    }

    [Test]
    public void A_network_outlives_the_scope_it_is_made_in()
    {
        CompactUNet network;
        using (NewDisposeScope())
            network = new CompactUNet(Small);
        using (network)
        using (NewDisposeScope())
            Assert.That(network.parameters().Sum(p => p.sum().ToDouble()), Is.Not.NaN);
    }

    [Test]
    public void Bfloat16_convolutions_stay_near_float32_with_gradients_in_float32()
    {
        using var scope = NewDisposeScope();
        using var network = new CompactUNet(Small);
        Shake(network, 3);
        var input = Input(1, 32, 32);
        var time = tensor(new[] { 200f });
        var (exact, exactGradient) = Evaluate(ComputePrecision.Float32);
        var (rounded, roundedGradient) = Evaluate(ComputePrecision.BFloat16);

        Assert.That(rounded.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(roundedGradient.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(Relative(rounded, exact), Is.InRange(1e-6, 3e-2));
        Assert.That(Relative(roundedGradient, exactGradient), Is.InRange(1e-6, 5e-2));

        (Tensor, Tensor) Evaluate(ComputePrecision precision)
        {
            network.Precision = precision;
            network.zero_grad();
            var output = network.forward(input, time);
            output.square().sum().backward();
            return (output.detach(), network.get_parameter("input_blocks.1.0.in_layers.2.weight")!.grad!.clone());
        }
        static double Relative(Tensor a, Tensor b) => (a - b).norm().ToDouble() / b.norm().ToDouble();
    }

    [Test]
    public void Forward_and_backward_leave_no_tensors_behind()
    {
        using var network = new CompactUNet(Small);
        Step();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
            Step();
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));

        void Step()
        {
            using var scope = NewDisposeScope();
            var output = network.forward(Input(1, 16, 16), tensor(new[] { 5f }));
            output.square().sum().backward();
            network.zero_grad();
        }
    }

    [Test]
    public void Wrong_inputs_are_named()
    {
        using var scope = NewDisposeScope();
        using var network = new CompactUNet(Small);
        var time = tensor(new[] { 5f });
        Assert.That(
            () => network.forward(zeros(1, 2, 12, 16), time),
            Throws.ArgumentException.With.Message.Contains("multiples of 8")
        );
        Assert.That(
            () => network.forward(zeros(1, 3, 16, 16), time),
            Throws.ArgumentException.With.Message.Contains("[1, 3, 16, 16]")
        );
        Assert.That(
            () => network.forward(zeros(2, 2, 16, 16), time),
            Throws.ArgumentException.With.Message.Contains("times of shape [2]")
        );
    }

    [Test]
    public void Wrong_options_are_named()
    {
        Assert.That(
            () => new CompactUNetOptions { ModelChannels = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ModelChannels")
        );
        Assert.That(
            () => new CompactUNet(Small with { ResidualBlocks = [1] }),
            Throws.ArgumentException.With.Message.Contains("ResidualBlocks has 1")
        );
        Assert.That(
            () => new CompactUNet(Small with { Groups = 5 }),
            Throws.ArgumentException.With.Message.Contains("5 groups")
        );
        Assert.That(
            () => new CompactUNet(Small with { HeadChannels = 7 }),
            Throws.ArgumentException.With.Message.Contains("heads of 7")
        );
    }

    [Test]
    public void The_preset_has_its_documented_size()
    {
        using var network = new CompactUNet(CompactUNetOptions.Compact);
        Assert.That(network.ParameterCount, Is.EqualTo(6_954_952));
        Assert.That(network.SizeMultiple, Is.EqualTo(8));
    }
}
