using Ptycho.Diffusion.Data;
using Ptycho.IO;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.PostProcessing;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tests.Posterior;

namespace Ptycho.Solvers.Tests.PostProcessing;

public class AwfPairSourceTests
{
    private static readonly AwfOptions Awf = new() { Stop = new StopRules { Iterations = 30 } };

    [Test]
    public void TheInputIsAwfsResultAndTheTargetTheTruthInItsGauge()
    {
        var crops = Crops();
        var pair = Source(crops).Create(3);
        var truth = crops.Sample(3, 64).Field;
        Assert.That(ReconstructionMetrics.Nrmse(pair.Target, truth), Is.LessThan(1e-6));
        Assert.That(ReconstructionMetrics.Nrmse(pair.Input, truth), Is.InRange(0.01, 0.4));
        Assert.That(pair.Input.Imaginary.Sum() / pair.Input.Real.Sum(), Is.EqualTo(0).Within(1e-5));
        // No global phase is left between the two.
        Assert.That(ReconstructionMetrics.GlobalPhase(pair.Input, pair.Target).Phase, Is.EqualTo(0).Within(1e-5));
    }

    [Test]
    public void APairIsAFunctionOfItsIndex()
    {
        var (first, again) = (Source(Crops()).Create(5), Source(Crops()).Create(5));
        Assert.That(again.Input.Real, Is.EqualTo(first.Input.Real));
        Assert.That(Source(Crops()).Create(6).Input.Real, Is.Not.EqualTo(first.Input.Real));
        Assert.That(Source(Crops(), seed: 9).Create(5).Input.Real, Is.Not.EqualTo(first.Input.Real));
    }

    [Test]
    public void TheIdentityFollowsTheConditions()
    {
        var identity = Source(Crops()).Identity;
        Assert.That(Source(Crops()).Identity, Is.EqualTo(identity));
        Assert.That(Source(Crops(), seed: 9).Identity, Is.Not.EqualTo(identity));
        Assert.That(Source(Crops(), step: 12).Identity, Is.Not.EqualTo(identity));
        Assert.That(Source(Crops(), awf: Awf with { Smoothness = 1e-3 }).Identity, Is.Not.EqualTo(identity));
        Assert.That(Source(Crops(cropSeed: 4)).Identity, Is.Not.EqualTo(identity));
    }

    [Test]
    public void OptionsThatAFileCannotHoldAreRefused()
    {
        var start = Awf with { InitialObject = new ComplexField(64, 64) };
        Assert.That(() => Source(Crops(), awf: start), Throws.ArgumentException.With.Message.Contains("InitialObject"));
        var early = Awf with { Stop = new StopRules { ResidualTarget = 0.1 } };
        Assert.That(
            () => Source(Crops(), awf: early),
            Throws.ArgumentException.With.Message.Contains("ResidualTarget")
        );
    }

    private static CropSampler Crops(ulong cropSeed = 3)
    {
        using var small = new Small();
        var image = new ComplexField(160, 160);
        for (var row = 0; row < 160; row++)
        for (var column = 0; column < 160; column++)
            image[row, column] = small.Truth[row % 64, column % 64];
        return new CropSampler([new CropImage("object", image)], new CropSamplerOptions { Seed = cropSeed });
    }

    private static AwfPairSource Source(ICropSource crops, AwfOptions? awf = null, int step = 16, ulong seed = 0)
    {
        var scan = RasterScan.Clamped(64, 64, 32, 32, step);
        return new AwfPairSource(crops, 64, SyntheticProbes.StandardH(), scan, awf ?? Awf, seed: seed);
    }
}
