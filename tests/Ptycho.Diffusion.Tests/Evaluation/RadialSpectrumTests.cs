using Ptycho.Diffusion.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Diffusion.Tests.Evaluation;

public sealed class RadialSpectrumTests
{
    private const int Size = 32;

    private static Tensor Wave(double cyclesDown, double cyclesRight, double offset)
    {
        using var scope = NewDisposeScope();
        var values = new float[Size * Size];
        for (var r = 0; r < Size; r++)
        for (var c = 0; c < Size; c++)
            values[r * Size + c] = (float)(2 * Math.PI * (cyclesDown * r + cyclesRight * c) / Size);
        var phase = tensor(values).reshape(1, Size, Size);
        return (polar(ones(1, Size, Size), phase) + offset).MoveToOuterDisposeScope();
    }

    [TestCase(6, 0, 6)]
    [TestCase(-3, 4, 5)]
    [TestCase(0, -12, 12)]
    public void A_plane_wave_is_power_in_its_ring_and_the_windows_neighbours(double down, double right, int ring)
    {
        using var scope = NewDisposeScope();
        var spectrum = RadialSpectrum.Of(Wave(down, right, offset: 7));
        Assert.That(spectrum, Has.Length.EqualTo(Size / 2));
        var largest = spectrum.IndexOf(spectrum.Max()) + 1;
        Assert.That(largest, Is.EqualTo(ring));
        // The Hann window reaches one ring to each side; the mean of 7 must not show anywhere.
        for (var k = 1; k <= Size / 2; k++)
            if (Math.Abs(k - ring) > 2)
                Assert.That(spectrum[k - 1], Is.LessThan(1e-4 * spectrum.Max()), $"ring {k}");
    }

    [Test]
    public void White_noise_has_the_power_of_the_window_in_every_ring()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(6);
        var noise = randn([200, Size, Size], generator: generator);
        var spectrum = RadialSpectrum.Of(noise.to_type(ScalarType.ComplexFloat32));
        // The mean of sin⁴ is 3/8 on each axis.
        Assert.That(spectrum.Skip(2), Is.All.EqualTo(9.0 / 64).Within(8).Percent);
    }

    [Test]
    public void Images_that_are_not_square_are_refused()
    {
        using var scope = NewDisposeScope();
        var objects = zeros(1, 8, 16).to_type(ScalarType.ComplexFloat32);
        Assert.That(() => RadialSpectrum.Of(objects), Throws.ArgumentException.With.Message.Contains("[1, 8, 16]"));
    }
}
