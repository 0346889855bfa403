using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tests.Trust;

public class FrameSplitTests
{
    [Test]
    public void EveryFrameIsOnOneSideAndTheSeedDecidesOnWhich()
    {
        using var small = new Small(step: 8);
        var count = small.Measurement.Data.FrameCount;
        var split = FrameSplit.Choose(small.Measurement, 0.2, 4);
        Assert.That(split.Used.Concat(split.HeldOut).Order(), Is.EqualTo(Enumerable.Range(0, count)));
        Assert.That(split.HeldOut, Has.Length.EqualTo((int)Math.Round(0.2 * count)));
        Assert.That(FrameSplit.Choose(small.Measurement, 0.2, 4).HeldOut, Is.EqualTo(split.HeldOut));
        Assert.That(FrameSplit.Choose(small.Measurement, 0.2, 5).HeldOut, Is.Not.EqualTo(split.HeldOut));
    }

    [Test]
    public void NothingIsHeldOutUnlessAsked()
    {
        using var small = new Small();
        Assert.That(FrameSplit.Choose(small.Measurement, 0, 4).HeldOut, Is.Empty);
    }

    [Test]
    public void AFrameWithoutWeightIsNoJudge()
    {
        using var small = new Small();
        var data = small.Measurement.Data;
        var weights = new float[data.FrameCount];
        weights[1] = weights[3] = 1;
        var mask = new DetectorMask(Enumerable.Repeat(1f, data.Height * data.Width).ToArray(), weights);
        var masked = new DiffractionData(
            data.Values,
            data.FrameCount,
            data.Height,
            data.Width,
            data.Unit,
            data.CountsPerUnit,
            mask
        );
        var measurement = new Measurement(masked, small.Measurement.Positions, small.Measurement.Probe, 64, 64);
        for (ulong seed = 0; seed < 10; seed++)
            Assert.That(FrameSplit.Choose(measurement, 0.5, seed).HeldOut.Single(), Is.EqualTo(1).Or.EqualTo(3));
    }

    [Test]
    public void TheOnlyFrameCannotBeSpared()
    {
        using var small = new Small();
        var one = small.Measurement.Select([0]);
        Assert.That(
            () => FrameSplit.Choose(one, 0.5, 0),
            Throws.ArgumentException.With.Message.Contains("HeldOutFrames")
        );
    }
}
