using Ptycho.Diffusion.Transforms;
using Ptycho.IO;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Objects;
using Ptycho.Physics.Operators;
using Ptycho.Physics.Probes;
using Ptycho.Physics.Scans;
using Ptycho.Physics.Simulation;
using Ptycho.Solvers.Posterior;
using Ptycho.Solvers.Refinement;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Tests.Refinement;

public class JointDataStepTests
{
    private const int Size = 72;
    private const int Moved = 4;
    private static readonly PriorPull Pull = new(1e-4, 1e-4, 0.2);
    private static readonly ScanPattern Scan = RasterScan.Clamped(Size, Size, 32, 32, 20);
    private static readonly ComplexField Truth = BloodSmearPhantom.Create(Size, Size, 2);
    private static readonly Measurement Exact = DiffractionSimulator.Simulate(
        Truth,
        SyntheticProbes.StandardH(),
        Scan,
        1e6,
        3
    );

    [Test]
    public void TheObjectIsFittedToThePositionsThatWereJustFound()
    {
        using var scope = NewDisposeScope();
        using var known = Step(Exact);
        using var rough = Step(new Measurement(Exact.Data, Believed(), Exact.Probe, Size, Size));
        using var blind = Step(new Measurement(Exact.Data, Believed(), Exact.Probe, Size, Size), trials: 0);
        var fitted = known.Residual(known.Solve(FieldTensors.ToTensor([Truth]), Pull, 60, true));
        var estimate = FieldTensors.ToTensor([Estimate()]);
        var found = rough.Residual(rough.Solve(estimate, Pull, 60, true));
        var without = blind.Residual(blind.Solve(estimate, Pull, 60, true));
        TestContext.Out.WriteLine($"residual: exact {fitted:F5}, found {found:F5}, without trials {without:F5}");
        // Not as small as for the truth: where two frames see it, it was moved by half.
        Assert.That(found, Is.LessThan(1.5 * fitted));
        Assert.That(without, Is.GreaterThan(2 * fitted));
    }

    private static JointDataStep Step(Measurement measurement, int trials = 1) =>
        new(
            measurement,
            JointRefinement.RoughPositions with
            {
                StartIterations = 0,
                TrialSweeps = trials,
            },
            LikelihoodChoice.Amplitude,
            new MagnitudePhaseTransform(),
            CPU,
            1
        );

    private static ScanPattern Believed() =>
        new(Scan.Select((p, k) => k == Moved ? new ScanPosition(p.Row + 1, p.Column) : p));

    private static ComplexField Estimate()
    {
        var shifts = new (double Row, double Column)[Scan.Count];
        shifts[Moved] = (1, 0);
        return new PatchWarp(Exact).Apply(Truth, shifts);
    }
}
