using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Tests.Trust;

namespace Ptycho.Solvers.Tests.Annealing;

/// <summary>Masks, modes, fractions of a pixel, outliers and few counts: the annealed solver beside AWF.</summary>
public class HarderExperimentsTests : SmearPriorTests
{
    [Test]
    public void AMaskWithABeamstopAndDeadPixels()
    {
        var plain = BloodSmear.Measure(Truth, 50);
        var weights = Enumerable.Repeat(1f, 1024).ToArray();
        foreach (var i in Enumerable.Range(0, 1024).Where(i => i is 0 or 1 or 31 or 32 || i % 13 == 5))
            weights[i] = 0;
        Compare(With(plain, plain.Data.Values, new DetectorMask(weights)), Quick);
    }

    [Test]
    public void TwoIncoherentModes()
    {
        var first = SyntheticProbes.StandardH().Modes[0];
        var second = SyntheticProbes.SoftDisk(32, 32, 14, 4, -0.02).Modes[0].Clone();
        for (var i = 0; i < second.Length; i++)
            (second.Real[i], second.Imaginary[i]) = (0.3f * second.Real[i], 0.3f * second.Imaginary[i]);
        var probe = Probe.FromModes([first, second]);
        Compare(DiffractionSimulator.Simulate(Truth, probe, RasterScan.Clamped(64, 64, 32, 32, 16), 1e5, 21), Quick);
    }

    [Test]
    public void PositionsAtFractionsOfAPixel()
    {
        var scan = RasterScan.Clamped(64, 64, 32, 32, 16).Jittered(3, 7).Clamped(64, 64, 32, 32);
        Assert.That(scan.IsWhole, Is.False);
        Compare(DiffractionSimulator.Simulate(Truth, SyntheticProbes.StandardH(), scan, 1e5, 21), Quick);
    }

    [Test]
    public void HotPixelsUnderHubersLoss()
    {
        var plain = BloodSmear.Measure(Truth, 50);
        var values = (float[])plain.Data.Values.Clone();
        var random = new Random(4);
        for (var i = 0; i < values.Length / 200; i++)
            values[random.Next(values.Length)] = values.Max() * 0.05f;
        var spoilt = With(plain, values);
        var amplitude = Error(spoilt, Quick);
        Assert.That(
            Compare(spoilt, Quick with { Likelihood = LikelihoodChoice.Huber() }),
            Is.LessThan(0.6 * amplitude)
        );
    }

    [Test]
    public void FewCountsAreComparedAsCounts()
    {
        var measurement = DiffractionSimulator.Simulate(
            Truth,
            SyntheticProbes.StandardH(),
            RasterScan.Clamped(64, 64, 32, 32, 16),
            1e3,
            21
        );
        var found = Compare(measurement, Quick);
        Assert.That(
            found,
            Is.LessThan(0.8 * Error(measurement, Quick with { Likelihood = LikelihoodChoice.Amplitude }))
        );
        Assert.That(found, Is.EqualTo(Error(measurement, Quick with { Likelihood = LikelihoodChoice.Poisson })));
    }

    [Test]
    public void BadChoicesAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => LikelihoodChoice.Huber(0),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("HuberThreshold")
            );
            Assert.That(
                () => new LikelihoodChoice { Kind = (LikelihoodKind)9 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("likelihood")
            );
        });

    /// <summary>The annealed solver's error, which is less than two thirds of AWF's.</summary>
    private double Compare(Measurement measurement, AnnealedOptions options)
    {
        var awf = ReconstructionMetrics.Nrmse(new AwfSolver().Solve(measurement).Object, Truth);
        var found = Error(measurement, options);
        TestContext.Out.WriteLine($"AWF {awf:F4}, annealed {found:F4}");
        Assert.That(found, Is.LessThan(0.67 * awf));
        return found;
    }

    private double Error(Measurement measurement, AnnealedOptions options) =>
        ReconstructionMetrics.Nrmse(Solve(measurement, options).Object, Truth);
}
