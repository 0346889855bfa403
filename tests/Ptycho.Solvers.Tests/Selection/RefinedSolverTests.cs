using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Selection;
using Ptycho.Solvers.Tests.Reports;

namespace Ptycho.Solvers.Tests.Selection;

public class RefinedSolverTests
{
    private static readonly ScanPattern Moved = new(Enumerable.Range(0, 4).Select(k => new ScanPosition(k, 1)));
    private static readonly ScanPattern MovedAgain = new(Enumerable.Range(0, 4).Select(k => new ScanPosition(k, 2)));

    [Test]
    public void TheSecondGetsWhatTheFirstFoundAndWhatWasLeftOutIsNotForgotten()
    {
        var dropped = new DroppedFrame(2, "not a number");
        var probe = Probe.FromField(ComplexField.Constant(8, 8, 2));
        var second = new Fixed(null, null);
        var given = Small.Measurement();
        var measurement = new Measurement(given.Data, given.Positions, given.Probe, Small.Side, Small.Side)
        {
            Dropped = [dropped],
        };
        var result = new RefinedSolver(new Fixed(Moved, probe), second).Solve(measurement);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Seen!.Positions, Is.SameAs(Moved));
            Assert.That(second.Seen.Probe, Is.SameAs(probe));
            Assert.That(second.Seen.Dropped, Is.EqualTo(new[] { dropped }));
            Assert.That(result.DroppedFrames, Is.EqualTo(new[] { dropped }));
            Assert.That(result.Positions, Is.SameAs(Moved));
            Assert.That(result.Probe, Is.SameAs(probe));
            Assert.That(result.OperatorEvaluations, Is.EqualTo(14));
        }
    }

    [Test]
    public void PositionsThatTheSecondCorrectedAreTheResults() =>
        Assert.That(
            new RefinedSolver(new Fixed(Moved, null), new Fixed(MovedAgain, null)).Solve(Small.Measurement()).Positions,
            Is.SameAs(MovedAgain)
        );

    private sealed class Fixed(ScanPattern? positions, Probe? probe) : IReconstructionSolver
    {
        public string Name => "Fixed";

        public Measurement? Seen { get; private set; }

        public ReconstructionResult Solve(
            Measurement measurement,
            IProgress<ReconstructionProgress>? progress = null,
            CancellationToken cancellationToken = default
        )
        {
            Seen = measurement;
            return Small.Result(measurement) with
            {
                Positions = positions,
                Probe = probe ?? measurement.Probe,
                DroppedFrames = measurement.Dropped,
            };
        }
    }
}
