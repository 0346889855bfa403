using Ptycho.Diffusion.Priors;
using Ptycho.IO;
using Ptycho.Physics.Files;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Samples.ReconstructFile.Solving;
using Ptycho.Samples.Shared.Display;
using Ptycho.Samples.Shared.Results;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Reports;

namespace Ptycho.Samples.ReconstructFile.Commands;

/// <summary>
/// A classical solver first, which finds probe and positions where these are unknown, and is the result or what the
/// result is compared with; then, where there is one, the solver with the prior.
/// </summary>
internal sealed class Reconstruction(
    Settings settings,
    SolverKind kind,
    ImportedMeasurement imported,
    NetworkPrior? prior
)
{
    /// <summary>Iterations of what a classical result is compared with.</summary>
    private const int FirstLook = 10;

    private readonly List<string> _notes = [.. imported.Notes];

    private string ClassicalFile => Path.Combine(settings.Output, "checkpoint.npz");

    private string PriorFile => Path.Combine(settings.Output, "checkpoint.safetensors");

    public ReconstructionReport Run(PreflightReport preflight, TimeSpan reading, CancellationToken cancellationToken)
    {
        var measurement = prior is null ? imported.Measurement : PriorRun.Fit(imported.Measurement, prior, _notes);
        var plan = SolverChoice.Classical(settings, kind);
        var classical = Classical(plan, measurement, cancellationToken);
        var found = With(measurement, classical);
        if (prior is null)
        {
            var look = plan with { Iterations = Math.Min(FirstLook, plan.Iterations) };
            var before = Solve(look, measurement, $"{classical.Solver}, first look", cancellationToken);
            var rings = Rings(found, (name, half) => Solve(Known(plan), half, name, cancellationToken).Object);
            return Report(preflight, reading, measurement, classical, plan.Options, before, rings);
        }
        var (solver, options) = PriorRun.Create(settings, kind, prior, PriorFile);
        var result = SolveDisplay.Run(
            solver.Name,
            progress => PriorRun.Solve(solver, found, PriorFile, progress, cancellationToken)
        );
        var halves = Rings(
            found,
            (name, half) =>
            {
                var (half1, _) = PriorRun.Create(settings, kind, prior, checkpoint: null);
                return SolveDisplay.Run(name, progress => half1.Solve(half, progress, cancellationToken)).Object;
            }
        );
        // The report's measurement has the file's probe and positions, so that what was refined shows as such.
        result = result with
        {
            Positions = classical.Positions,
        };
        return Report(preflight, reading, measurement, result, options, classical, halves);
    }

    /// <summary>Forgets where the run stood, after its results were written.</summary>
    public void DeleteCheckpoints()
    {
        File.Delete(ClassicalFile);
        File.Delete(PriorFile);
    }

    private ReconstructionResult Classical(
        ClassicalPlan plan,
        Measurement measurement,
        CancellationToken cancellationToken
    )
    {
        var options = string.Join(
            '\n',
            OptionList.Of(plan).Append(KeyValuePair.Create("every", $"{settings.CheckpointEvery}"))
        );
        var checkpoint = new ClassicalCheckpoint(ClassicalFile, options, measurement);
        return SolveDisplay.Run(
            plan.Kind == SolverKind.Rpie ? "rPIE" : "AWF",
            progress =>
                ClassicalRun.Solve(plan, measurement, checkpoint, settings.CheckpointEvery, progress, cancellationToken)
        );
    }

    private static ReconstructionResult Solve(
        ClassicalPlan plan,
        Measurement measurement,
        string name,
        CancellationToken cancellationToken
    ) =>
        SolveDisplay.Run(
            name,
            progress => ClassicalRun.Solve(plan, measurement, null, plan.Iterations, progress, cancellationToken)
        );

    private RingCorrelation? Rings(Measurement found, Func<string, Measurement, ComplexField> solve) =>
        settings.Rings ? Halves.Compare(found, settings.Seed, solve) : null;

    private static ClassicalPlan Known(ClassicalPlan plan) =>
        plan with
        {
            RefineProbe = false,
            CorrectPositions = false,
        };

    private static Measurement With(Measurement measurement, ReconstructionResult found) =>
        new(
            measurement.Data,
            found.Positions ?? measurement.Positions,
            found.Probe,
            measurement.ObjectHeight,
            measurement.ObjectWidth
        );

    private ReconstructionReport Report(
        PreflightReport preflight,
        TimeSpan reading,
        Measurement measurement,
        ReconstructionResult result,
        object options,
        ReconstructionResult before,
        RingCorrelation? rings
    ) =>
        new(measurement, result)
        {
            Title = Path.GetFileName(settings.File),
            Before = before.Object,
            BeforeName = FormattableString.Invariant($"{before.Solver}, {before.Iterations} iterations"),
            RingCorrelation = rings,
            ObjectPixel = preflight.ObjectPixel,
            Warnings = preflight.Warnings,
            Notes = _notes,
            Options =
            [
                KeyValuePair.Create("File", settings.File),
                KeyValuePair.Create("Prior", settings.Prior ?? "none"),
                .. OptionList.Of(options),
            ],
            Versions = prior is null ? [] : SoftwareVersions.Torch,
            Timings =
            [
                KeyValuePair.Create("Reading", reading),
                .. prior is null
                    ? (KeyValuePair<string, TimeSpan>[])[]
                    : [KeyValuePair.Create($"{before.Solver} before", before.ComputeTime)],
            ],
            Created = DateTimeOffset.UtcNow,
        };
}
