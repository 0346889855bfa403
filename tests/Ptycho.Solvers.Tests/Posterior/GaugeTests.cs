using Ptycho.Solvers.Posterior;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Posterior;

public class GaugeTests
{
    private static Tensor Objects()
    {
        using var generator = new Generator(9, CPU);
        return randn([3, 8, 8], complex64, generator: generator) + 0.5;
    }

    [Test]
    public void FixedObjectsHaveARealSum()
    {
        using var scope = NewDisposeScope();
        var sums = Gauge.Fix(Objects()).sum(1, 2).data<(float Real, float Imaginary)>().ToArray();
        foreach (var (real, imaginary) in sums)
        {
            Assert.That(real, Is.GreaterThan(0));
            Assert.That(imaginary / real, Is.Zero.Within(1e-5));
        }
    }

    [Test]
    public void FixingForgetsTheGlobalPhase()
    {
        using var scope = NewDisposeScope();
        var objects = Objects();
        var turned = objects * polar(ones(1), full(1, 2.1f, float32));
        Assert.That((Gauge.Fix(objects) - Gauge.Fix(turned)).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void AlignedObjectsAreAsNearAsAnyTurnMakesThem()
    {
        using var scope = NewDisposeScope();
        var objects = Objects();
        var reference = Objects()[1];
        var best = (Gauge.Align(objects, reference) - reference).abs().square().sum(1, 2);
        for (var angle = 0.0; angle < 6.28; angle += 0.1)
        {
            var other = Gauge.Align(objects, reference) * polar(ones(1), full(1, (float)angle, float32));
            var worse = (other - reference).abs().square().sum(1, 2) - best;
            Assert.That(worse.min().ToDouble(), Is.GreaterThan(-1e-3));
        }
    }
}
