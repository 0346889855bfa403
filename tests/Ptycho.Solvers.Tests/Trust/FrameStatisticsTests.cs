using Ptycho.Physics.Measurements;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Trust;

namespace Ptycho.Solvers.Tests.Trust;

public class FrameStatisticsTests
{
    [TestCase(1e2)]
    [TestCase(1e5)]
    public void TheTruthHasAChiSquareOfOne(double peakCounts)
    {
        using var small = new Small(peakCounts: peakCounts);
        var frames = Of(small, small.Measurement);
        Assert.That(
            frames.ChiSquare(Enumerable.Range(0, small.Measurement.Data.FrameCount)),
            Is.EqualTo(1).Within(0.06)
        );
        Assert.That(frames.ChiSquares, Has.All.InRange(0.5, 1.6));
    }

    [Test]
    public void AWrongFrameStandsOut()
    {
        using var small = new Small();
        var data = small.Measurement.Data;
        var values = (float[])data.Values.Clone();
        var size = data.Height * data.Width;
        values.AsSpan(2 * size, size).Reverse();
        var frames = Of(
            small,
            With(
                small,
                new DiffractionData(values, data.FrameCount, data.Height, data.Width, data.Unit, data.CountsPerUnit)
            )
        );
        Assert.That(frames.ChiSquares![2], Is.GreaterThan(10));
        Assert.That(frames.ChiSquares.Where((_, k) => k != 2), Has.All.InRange(0, 2));
    }

    [Test]
    public void MaskedPixelsAndFramesCountNothing()
    {
        using var small = new Small();
        var data = small.Measurement.Data;
        var values = (float[])data.Values.Clone();
        var size = data.Height * data.Width;
        var pixels = Enumerable.Repeat(1f, size).ToArray();
        pixels[7] = 0;
        for (var k = 0; k < data.FrameCount; k++)
            values[k * size + 7] = float.NaN;
        values.AsSpan(3 * size, size).Fill(1e6f);
        var weights = Enumerable.Repeat(1f, data.FrameCount).ToArray();
        weights[3] = 0;
        var masked = new DiffractionData(
            values,
            data.FrameCount,
            data.Height,
            data.Width,
            data.Unit,
            data.CountsPerUnit,
            new DetectorMask(pixels, weights)
        );
        var frames = Of(small, With(small, masked));
        Assert.That(frames.ChiSquares![3], Is.NaN);
        Assert.That(frames.Misfits[3], Is.Zero);
        Assert.That(frames.ChiSquares.Where((_, k) => k != 3), Has.All.InRange(0.5, 1.6));
    }

    [Test]
    public void WithoutKnownCountsThereIsNoChiSquare()
    {
        using var small = new Small();
        var data = small.Measurement.Data;
        var unknown = new DiffractionData(data.Values, data.FrameCount, data.Height, data.Width, data.Unit);
        Assert.That(Of(small, With(small, unknown)).ChiSquares, Is.Null);
    }

    [Test]
    public void ClassicalResultsCarryThemToo()
    {
        using var small = new Small(step: 8);
        var options = new AwfOptions { Stop = new StopRules { Iterations = 300 } };
        var result = new AwfSolver(options).Solve(small.Measurement);
        Assert.That(result.FrameChiSquare, Has.All.InRange(0.2, 1.2));
        var early = new AwfSolver(options with { Stop = new StopRules { Iterations = 3 } }).Solve(small.Measurement);
        Assert.That(early.FrameChiSquare!.Average(), Is.GreaterThan(5), "three iterations explain nothing yet");
        Assert.That(early.DataShare, Is.Null, "there is no prior");
    }

    private static FrameStatistics Of(Small small, Measurement measurement) =>
        FrameStatistics.Of(measurement, small.Truth, measurement.Probe, measurement.Positions);

    private static Measurement With(Small small, DiffractionData data) =>
        new(data, small.Measurement.Positions, small.Measurement.Probe, 64, 64);
}
