using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Physics.Probes;
using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Display;
using Ptycho.Samples.Shared.Results;
using Ptycho.Solvers;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Reports;
using Ptycho.Solvers.Selection;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>
/// The library's choice of a solver, and what its result is compared with: with a prior what the data alone give, without
/// one a first look of a few iterations.
/// </summary>
internal sealed class Reconstruction
{
    /// <summary>Iterations of a first look.</summary>
    private const int FirstLook = 10;

    private readonly Settings _settings;
    private readonly ImportedMeasurement _imported;
    private readonly NetworkPrior? _prior;
    private readonly Measurement _measurement;

    /// <exception cref="ArgumentException">The options do not fit the measurement.</exception>
    public Reconstruction(Settings settings, ImportedMeasurement imported, NetworkPrior? prior)
    {
        (_settings, _imported, _prior) = (settings, imported, prior);
        var (measurement, modes) = (imported.Measurement, settings.Solver.Modes);
        _measurement =
            modes > measurement.Probe.ModeCount
                ? measurement.WithProbe(ProbeModes.Expand(measurement.Probe, modes))
                : measurement;
        Choice = Ptychography.Choose(_measurement, prior, Options(settings.Solver, Checkpoint));
    }

    /// <summary>The solver.</summary>
    public SolverChoice Choice { get; }

    /// <summary>The solver's file, by which a later run goes on.</summary>
    public string Checkpoint => Path.Combine(_settings.Run.Output, "checkpoint.safetensors");

    private bool UsesPrior => Choice.Kind is SolverKind.Annealed or SolverKind.Dps;

    public ReconstructionReport Run(PreflightReport preflight, TimeSpan reading, CancellationToken cancellationToken)
    {
        var result = Solve(Choice.Solver, Choice.Solver.Name, _measurement, cancellationToken) with
        {
            Reason = Choice.Reason,
        };
        var before = Before(cancellationToken);
        var rings = _settings.Rings ? Rings(result, cancellationToken) : null;
        return new ReconstructionReport(_measurement, result)
        {
            Title = Path.GetFileName(_settings.File),
            Before = before.Object,
            BeforeName = FormattableString.Invariant($"{before.Solver}, {before.Iterations} iterations"),
            RingCorrelation = rings,
            ObjectPixel = preflight.ObjectPixel,
            Warnings = preflight.Warnings,
            Notes = _imported.Notes,
            Options =
            [
                KeyValuePair.Create("File", _settings.File),
                KeyValuePair.Create("Prior", UsesPrior ? _settings.Run.Prior! : "none"),
                KeyValuePair.Create("Why this solver", Choice.Reason),
                .. OptionList.Of(_settings.Solver).Where(option => _settings.Solver.IsUsed(option.Key, Choice.Kind)),
                KeyValuePair.Create("Seed", FormattableString.Invariant($"{_settings.Run.Seed}")),
            ],
            Versions = UsesPrior ? SoftwareVersions.Torch : [],
            Timings =
            [
                KeyValuePair.Create("Reading", reading),
                KeyValuePair.Create($"{before.Solver} to compare with", before.ComputeTime),
            ],
            Created = DateTimeOffset.UtcNow,
        };
    }

    /// <summary>Forgets where the run stood, after its results were written.</summary>
    public void DeleteCheckpoints()
    {
        foreach (var file in Directory.GetFiles(_settings.Run.Output, "checkpoint*.safetensors"))
            File.Delete(file);
    }

    private ReconstructionResult Before(CancellationToken cancellationToken)
    {
        var wanted = _settings.Solver;
        wanted = UsesPrior
            ? wanted with
            {
                Kind = SolverKind.Automatic,
                UnknownFlux = false,
            }
            : wanted with
            {
                Iterations = Math.Min(FirstLook, wanted.Iterations ?? FirstLook),
            };
        var choice = Ptychography.Choose(_measurement, null, Options(wanted, checkpoint: null));
        var name = UsesPrior ? $"{choice.Solver.Name}, without the prior" : $"{choice.Solver.Name}, first look";
        return Solve(choice.Solver, name, _measurement, cancellationToken);
    }

    private RingCorrelation Rings(ReconstructionResult result, CancellationToken cancellationToken)
    {
        var found = new Measurement(
            _measurement.Data,
            result.Positions ?? _measurement.Positions,
            result.Probe,
            _measurement.ObjectHeight,
            _measurement.ObjectWidth
        );
        // The halves are less dense than the whole, and might get another solver.
        var options = Options(_settings.Solver.WithAllKnown() with { Kind = Choice.Kind }, checkpoint: null);
        return Halves.Compare(found, _settings.Run.Seed, Half);

        ComplexField Half(string name, Measurement half) =>
            Solve(Ptychography.Choose(half, _prior, options).Solver, name, half, cancellationToken).Object;
    }

    private PtychographyOptions Options(SolverSettings wanted, string? checkpoint) =>
        SolverSetup.Options(wanted, _settings.Run.Seed, _prior is not null, checkpoint);

    private static ReconstructionResult Solve(
        IReconstructionSolver solver,
        string name,
        Measurement measurement,
        CancellationToken cancellationToken
    ) => SolveDisplay.Run(name, progress => solver.Solve(measurement, progress, cancellationToken));
}
