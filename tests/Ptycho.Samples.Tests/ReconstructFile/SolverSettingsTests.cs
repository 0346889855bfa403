using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Solvers.Reports;
using Ptycho.Solvers.Selection;

namespace Ptycho.Samples.Tests.ReconstructFile;

/// <summary>A report lists the options that the solver went by, and no others.</summary>
public sealed class SolverSettingsTests
{
    private static readonly string[] Always =
    [
        nameof(SolverSettings.Kind),
        nameof(SolverSettings.RefineProbe),
        nameof(SolverSettings.CorrectPositions),
        nameof(SolverSettings.Modes),
        nameof(SolverSettings.CheckpointEvery),
    ];

    [TestCase(SolverKind.Awf, nameof(SolverSettings.Iterations))]
    [TestCase(SolverKind.Rpie, nameof(SolverSettings.Iterations))]
    [TestCase(SolverKind.MaximumLikelihood, nameof(SolverSettings.Iterations))]
    [TestCase(SolverKind.Annealed, nameof(SolverSettings.Quality), nameof(SolverSettings.UnknownFlux))]
    [TestCase(SolverKind.Dps, nameof(SolverSettings.Steps))]
    public void OnlyOptionsThatTheSolverUsesAreListed(SolverKind taken, params string[] more) =>
        Assert.That(Listed(new SolverSettings(), taken), Is.EquivalentTo(Always.Concat(more)));

    [Test]
    public void IterationsRefineTheExperimentBeforeDpsButNotInTheAnnealedSolver([Values] bool probe)
    {
        var settings = new SolverSettings { RefineProbe = probe, CorrectPositions = !probe };
        Assert.That(Listed(settings, SolverKind.Dps), Does.Contain(nameof(SolverSettings.Iterations)));
        Assert.That(Listed(settings, SolverKind.Annealed), Does.Not.Contain(nameof(SolverSettings.Iterations)));
    }

    private static IEnumerable<string> Listed(SolverSettings settings, SolverKind taken) =>
        OptionList.Of(settings).Select(option => option.Key).Where(name => settings.IsUsed(name, taken));
}
