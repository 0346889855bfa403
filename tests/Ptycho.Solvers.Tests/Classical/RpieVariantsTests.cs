using Ptycho.Physics.Metrics;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Classical;

/// <summary>ePIE and mPIE, the presets of rPIE.</summary>
public class RpieVariantsTests
{
    private static readonly StopRules Forty = new() { Iterations = 40 };

    [Test]
    public void NamesSayWhatTheOptionsMake() =>
        Assert.Multiple(() =>
        {
            Assert.That(new RpieSolver().Name, Is.EqualTo("rPIE"));
            Assert.That(new RpieSolver(RpieOptions.Epie).Name, Is.EqualTo("ePIE"));
            Assert.That(new RpieSolver(RpieOptions.Mpie).Name, Is.EqualTo("mPIE"));
        });

    [Test]
    public void EpieIsTheGradientStepOfOneFrame()
    {
        // Without regularisation of dim pixels it is slower than rPIE, and as right.
        var measurement = Reference.Small.Noisy("clamp");
        var epie = new RpieSolver(RpieOptions.Epie with { Stop = Forty }).Solve(measurement);
        var rpie = new RpieSolver(new RpieOptions { Stop = Forty }).Solve(measurement);
        Assert.That(epie.ResidualHistory, Is.Ordered.Descending);
        Assert.That(epie.Residual, Is.GreaterThan(rpie.Residual));
    }

    [Test]
    public void MomentumGoesFurtherInAsManySweeps()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var truth = Reference.Small.Field("object");
        var slow = RpieOptions.Mpie with { Stop = Forty, Momentum = null };
        var without = new RpieSolver(slow).Solve(measurement);
        var with = new RpieSolver(RpieOptions.Mpie with { Stop = Forty }).Solve(measurement);
        TestContext.Out.WriteLine($"residual {without.Residual:F4} -> {with.Residual:F4}");
        Assert.That(with.Residual, Is.LessThan(0.6 * without.Residual));
        Assert.That(
            ReconstructionMetrics.Nrmse(with.Object, truth),
            Is.LessThan(ReconstructionMetrics.Nrmse(without.Object, truth))
        );
    }

    [Test]
    public void WithoutFrictionItIsRpie()
    {
        var measurement = Reference.Small.Noisy("clamp");
        var none = new PieMomentum { ObjectFriction = 0, ProbeFriction = 0 };
        var options = new RpieOptions { Stop = new() { Iterations = 5 } };
        Assert.That(
            new RpieSolver(options with { Momentum = none }).Solve(measurement).Object.Real,
            Is.EqualTo(new RpieSolver(options).Solve(measurement).Object.Real)
        );
    }

    [Test]
    public void BadOptionsAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new PieMomentum { Period = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Period")
            );
            Assert.That(
                () => new PieMomentum { ObjectFriction = 1 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ObjectFriction")
            );
        });
}
