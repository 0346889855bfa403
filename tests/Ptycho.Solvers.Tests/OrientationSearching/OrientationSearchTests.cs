using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.OrientationSearching;

namespace Ptycho.Solvers.Tests.OrientationSearching;

public class OrientationSearchTests
{
    private static readonly Measurement True = DiffractionSimulator.Simulate(
        BloodSmearPhantom.Create(80, 80, seed: 4),
        SyntheticProbes.StandardH(),
        RasterScan.Clamped(80, 80, 32, 32, 8).Jittered(1.5, 3).Clamped(80, 80, 32, 32),
        1e5,
        seed: 2
    );

    private static IEnumerable<ScanOrientation> Orientations => ScanOrientation.All;

    /// <summary>Positions that were stored in a wrong orientation are turned back.</summary>
    [TestCaseSource(nameof(Orientations))]
    public void TheOrientationIsFound(ScanOrientation stored)
    {
        var wrong = OrientationSearch.Turned(True, stored);
        var told = new List<OrientationTrial>();
        var found = OrientationSearch.Find(wrong, new OrientationSearchOptions { Sweeps = 8 }, new Told(told.Add));
        TestContext.Out.WriteLine(string.Join('\n', found.Trials));
        var right = OrientationSearch.Turned(wrong, found.Best.Orientation);
        Assert.Multiple(() =>
        {
            Assert.That(told, Is.EqualTo(found.Trials));
            Assert.That(found.IsClear, Is.True);
            for (var k = 0; k < True.Positions.Count; k++)
            {
                Assert.That(right.Positions[k].Row, Is.EqualTo(True.Positions[k].Row).Within(1e-9));
                Assert.That(right.Positions[k].Column, Is.EqualTo(True.Positions[k].Column).Within(1e-9));
            }
        });
    }

    [Test]
    public void PositionsOfAnotherScanFitInNoOrientation()
    {
        var random = new Random(5);
        var elsewhere = new ScanPattern(
            True.Positions.Select(_ => new ScanPosition(48 * random.NextDouble(), 48 * random.NextDouble()))
        );
        var wrong = new Measurement(True.Data, elsewhere, True.Probe, 80, 80);
        Assert.That(OrientationSearch.Find(wrong, new OrientationSearchOptions { Sweeps = 8 }).IsClear, Is.False);
    }

    [Test]
    public void WithoutAProbeFourAreTriedAndOneIsFound()
    {
        var options = new OrientationSearchOptions
        {
            SearchProbe = true,
            Frames = 16,
            Sweeps = 2,
        };
        var found = OrientationSearch.Find(True.WithProbe(FarFieldProbe.Create(True.Data)), options);
        Assert.That(found.Trials, Has.Count.EqualTo(4));
        Assert.That(found.Trials.Select(trial => trial.Orientation.FlipColumns), Has.All.False);
        Assert.That(found.Probe, Is.Not.Null);
    }

    private sealed class Told(Action<OrientationTrial> action) : IProgress<OrientationTrial>
    {
        public void Report(OrientationTrial value) => action(value);
    }
}
