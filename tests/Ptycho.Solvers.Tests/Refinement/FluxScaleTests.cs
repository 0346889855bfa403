using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;

namespace Ptycho.Solvers.Tests.Refinement;

public class FluxScaleTests
{
    [Test]
    public void TheGainIsTheScaleOfTheData()
    {
        using var small = new Small();
        var scaled = FluxScale.Scaled(small.Measurement, 2.5);
        Assert.That(FluxScale.Gain(scaled, scaled.Positions, small.Truth), Is.EqualTo(2.5).Within(2e-3));
        Assert.That(
            scaled.Data.AmplitudeNoise,
            Is.EqualTo(2.5 * small.Measurement.Data.AmplitudeNoise!.Value).Within(1e-9)
        );
        Assert.That(scaled.Probe, Is.SameAs(small.Measurement.Probe));
    }

    [Test]
    public void CountsBecomeIntensitiesWithTheirCounts()
    {
        using var small = new Small();
        var data = small.Measurement.Data;
        var counts = Array.ConvertAll(data.Values, v => MathF.Round((float)(v * data.CountsPerUnit!.Value)));
        var measurement = new Measurement(
            new DiffractionData(counts, data.FrameCount, 32, 32, DiffractionUnit.Counts),
            small.Measurement.Positions,
            small.Measurement.Probe,
            64,
            64
        );
        var scaled = FluxScale.Scaled(measurement, 0.1).Data;
        Assert.That(scaled.Unit, Is.EqualTo(DiffractionUnit.Intensity));
        Assert.That(scaled.CountsPerUnit, Is.EqualTo(100).Within(1e-9));
        Assert.That(scaled.Values[0], Is.EqualTo(0.01f * counts[0]).Within(1e-4 * counts[0]));
    }

    [Test]
    public void MaskedPixelsDoNotCount()
    {
        using var small = new Small();
        var data = small.Measurement.Data;
        var weights = Enumerable.Repeat(1f, 1024).ToArray();
        weights[0] = 0;
        var values = (float[])data.Values.Clone();
        for (var k = 0; k < data.FrameCount; k++)
            values[k * 1024] *= 9;
        var mask = new DetectorMask(weights);
        var spoilt = new Measurement(
            new DiffractionData(values, data.FrameCount, 32, 32, data.Unit, data.CountsPerUnit, mask),
            small.Measurement.Positions,
            small.Measurement.Probe,
            64,
            64
        );
        Assert.That(FluxScale.Gain(spoilt, spoilt.Positions, small.Truth), Is.EqualTo(1).Within(2e-3));
    }
}
