using Ptycho.Diffusion.Networks;
using Ptycho.Diffusion.Networks.Blocks;
using Ptycho.Diffusion.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Networks;

/// <summary>Layers that compute another way than they are defined, against their definition.</summary>
public sealed class LayerTests
{
    private static Tensor Draw(long seed, params long[] shape)
    {
        using var generator = new Generator(0).manual_seed(seed);
        return randn(shape, generator: generator);
    }

    private static double Difference(Tensor actual, Tensor expected) =>
        ((actual - expected).norm() / expected.norm()).ToDouble();

    [TestCase(1, 1)]
    [TestCase(5, 4)]
    public void Doubling_is_a_convolution_of_repeated_pixels(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var initializer = WeightInitializer.Seeded(4);
        using var doubling = new Convolution(initializer, 3, 2, form: PixelDoubling.Instance);
        var (weight, bias) = (doubling.get_parameter("weight")!, doubling.get_parameter("bias")!);
        var input = Draw(1, 2, 3, height, width).requires_grad_();
        var slope = Draw(2, 2, 2, 2 * height, 2 * width);
        var output = doubling.forward(input);
        (output * slope).sum().backward();
        Tensor[] actual = [output, input.grad!, weight.grad!, bias.grad!];
        var copies = new[] { input, weight, bias }.Select(t => t.detach().clone().requires_grad_()).ToArray();
        var repeated = nn.functional.conv2d(Resampling.Double(copies[0]), copies[1], copies[2], padding: [1, 1]);
        (repeated * slope).sum().backward();
        Tensor[] expected = [repeated, .. copies.Select(t => t.grad!)];
        Assert.That(output.shape, Is.EqualTo(new long[] { 2, 2, 2 * height, 2 * width }));
        Assert.That(
            actual.Zip(expected, Difference),
            Is.All.InRange(0, 1e-5),
            "output and gradients of input, weight and bias"
        );
    }

    [Test]
    public void A_frozen_kernel_is_made_once_for_each_precision()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var initializer = WeightInitializer.Seeded(4);
        using var doubling = new Convolution(initializer, 3, 2, form: PixelDoubling.Instance);
        var input = Draw(1, 1, 3, 4, 4);
        var expected = doubling.forward(input);
        doubling.get_parameter("weight")!.requires_grad_(false);
        doubling.IsFrozen = true;
        var before = doubling.forward(input);
        doubling.Precision = ComputePrecision.BFloat16;
        var rounded = doubling.forward(input);
        doubling.Precision = ComputePrecision.Float32;
        var after = doubling.forward(input);
        Assert.That(Difference(rounded, expected), Is.InRange(1e-5, 2e-2));
        Assert.That(before.allclose(expected, 0, 0) && after.allclose(expected, 0, 0), Is.True);
    }

    [Test]
    public void A_modulated_norm_is_the_norm_times_its_factors()
    {
        using var scope = NewDisposeScope();
        using var initializer = WeightInitializer.Seeded(4);
        using var norm = new GroupNormalization(initializer, 2, 6);
        var (weight, bias) = (norm.get_parameter("weight")!, norm.get_parameter("bias")!);
        using (no_grad())
        {
            weight.add_(Draw(5, 6));
            bias.add_(Draw(6, 6));
        }
        var slope = Draw(7, 3, 6, 4, 5);
        Tensor[] Run(Func<Tensor, Tensor, Tensor, Tensor> function)
        {
            norm.zero_grad();
            var inputs = new[] { Draw(1, 3, 6, 4, 5), Draw(2, 3, 6), Draw(3, 3, 6) };
            foreach (var input in inputs)
                input.requires_grad_();
            var output = function(inputs[0], inputs[1], inputs[2]);
            (output * slope).sum().backward();
            return [output, .. inputs.Select(t => t.grad!), weight.grad!.clone(), bias.grad!.clone()];
        }
        var actual = Run(norm.Modulated);
        var expected = Run(
            (input, scale, shift) =>
                norm.forward(input) * (scale + 1).unsqueeze(-1).unsqueeze(-1) + shift.unsqueeze(-1).unsqueeze(-1)
        );
        Assert.That(
            actual.Zip(expected, Difference),
            Is.All.InRange(0, 1e-5),
            "output and gradients of input, scale, shift, weight and bias"
        );
    }
}
