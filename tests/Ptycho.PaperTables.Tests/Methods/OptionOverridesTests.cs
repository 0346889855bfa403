using Ptycho.Samples.PaperTables.Methods;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Guidance;

namespace Ptycho.PaperTables.Tests.Methods;

public class OptionOverridesTests
{
    [Test]
    public void NamedOptionsReplaceThoseOfThePreset()
    {
        var options = OptionOverrides.Apply(
            AnnealedOptions.Fast,
            ["dataIterations=7", "StartSigma=1.25", "Momentum=false"]
        );
        var expected = AnnealedOptions.Fast with { DataIterations = 7, StartSigma = 1.25, Momentum = false };
        Assert.That(options, Is.EqualTo(expected));
    }

    [Test]
    public void EnumerationsGoByName()
    {
        var options = OptionOverrides.Apply(DpsOptions.Paper, ["stepRule=constant", "Steps=40"]);
        Assert.That(options, Is.EqualTo(DpsOptions.Paper with { StepRule = StepRule.Constant, Steps = 40 }));
    }

    [TestCase("Iterations=3", "Iterations")]
    [TestCase("Levels", "Name=Value")]
    [TestCase("Levels=many", "another type")]
    [TestCase("Levels=1", "Levels")]
    public void ABadAssignmentIsRefused(string assignment, string named) =>
        Assert.That(
            () => OptionOverrides.Apply(AnnealedOptions.Default, [assignment]),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains(named)
        );
}
