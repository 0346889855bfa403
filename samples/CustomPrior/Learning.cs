using Ptycho.Diffusion.Transforms;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Samples.CustomPrior;

/// <summary>Mean and spectrum of example images, which is all that a Gaussian prior has to learn.</summary>
internal static class Learning
{
    /// <param name="size">Rows and columns of the images.</param>
    /// <param name="count">How many phantoms are looked at.</param>
    /// <param name="firstSeed">Seed of the first one.</param>
    public static GaussianPrior Learn(int size, int count, ulong firstSeed)
    {
        using var scope = NewDisposeScope();
        var images = Enumerable.Range(0, count).Select(i => BloodSmearPhantom.Create(size, size, firstSeed + (ulong)i));
        var channels = new MagnitudePhaseTransform().ToChannels(FieldTensors.ToTensor([.. images]));
        var mean = channels.mean([0, 2, 3], keepdim: true);
        var power = fft.fft2(channels - mean, norm: FFTNormType.Ortho).abs().square().mean([0], keepdim: true);
        return new GaussianPrior(mean.MoveToOuterDisposeScope(), power.MoveToOuterDisposeScope());
    }
}
