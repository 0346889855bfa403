using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Reconstruction;

public class StopRulesTests
{
    [Test]
    public void TheFirstRuleThatHoldsDecides()
    {
        var rules = new StopRules
        {
            Iterations = 5,
            ResidualTarget = 0.1,
            StagnationTolerance = 0.01,
            StagnationWindow = 2,
        };
        Assert.Multiple(() =>
        {
            Assert.That(rules.Judge([0.5]), Is.Null);
            Assert.That(rules.Judge([0.5, 0.1]), Is.EqualTo(StopReason.ResidualReached));
            Assert.That(rules.Judge([0.5, 0.4, 0.3]), Is.Null);
            Assert.That(rules.Judge([0.5, 0.499, 0.498]), Is.EqualTo(StopReason.Stagnated));
            Assert.That(rules.Judge([0.5, 0.4, 0.3, 0.2, 0.15]), Is.EqualTo(StopReason.IterationLimit));
            Assert.That(new StopRules { Iterations = 2 }.Judge([0, 0]), Is.EqualTo(StopReason.IterationLimit));
        });
    }

    [Test]
    public void BadValuesAreNamed() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new StopRules { Iterations = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Iterations")
            );
            Assert.That(
                () => new StopRules { ResidualTarget = double.NaN },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ResidualTarget")
            );
            Assert.That(
                () => new StopRules { StagnationTolerance = 1.5 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("StagnationTolerance")
            );
            Assert.That(
                () => new StopRules { StagnationWindow = 0 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("StagnationWindow")
            );
        });
}
