using Ptycho.Diffusion.Priors;
using Ptycho.Samples.LargeField.Commands;
using Ptycho.Samples.LargeField.Scenes;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Tiling;

namespace Ptycho.Samples.LargeField.Methods;

/// <summary>A way to reconstruct a field.</summary>
internal sealed record FieldMethod(string Name, Func<FieldScene, IRunObserver, CancellationToken, FieldRun> Run);

/// <summary>The ways that are compared.</summary>
internal static class FieldMethods
{
    // An iteration of AWF takes less time than its file.
    private const int PlainEvery = 100;

    public static IReadOnlyList<FieldMethod> Create(
        IPrior prior,
        LargeFieldSettings settings,
        FieldCheckpoints checkpoints
    )
    {
        var options = settings.Preset.Options() with { Seed = settings.Seed };
        var methods = new List<FieldMethod> { Plain(checkpoints) };
        if (settings.Tiles)
            methods.Add(Tiled(new ResumableTiles(new WindowedPrior(prior), options, checkpoints)));
        methods.Add(Windowed(prior, settings, options, checkpoints));
        return methods;
    }

    private static FieldMethod Plain(FieldCheckpoints checkpoints)
    {
        const string Name = "AWF";
        return new FieldMethod(
            Name,
            (scene, observer, token) =>
                Done(
                    observer,
                    FieldRun.Of(
                        Name,
                        scene,
                        new AwfSolver { Checkpoint = checkpoints.Of(Name, PlainEvery) }.Solve(
                            scene.Measurement,
                            Relay(observer, Name),
                            token
                        ),
                        null,
                        1
                    )
                )
        );
    }

    private static FieldMethod Tiled(IReconstructionSolver solver)
    {
        const string Name = "tiles";
        return new FieldMethod(
            Name,
            (scene, observer, token) =>
            {
                var tiled = new TiledReconstruction(solver).Reconstruct(
                    scene.Measurement,
                    Relay(observer, Name),
                    token
                );
                var lines = tiled.Tiles.Count > 1 ? tiled.Borders : null;
                return Done(observer, FieldRun.Of(Name, scene, tiled.Result, lines, tiled.Tiles.Count));
            }
        );
    }

    private static FieldMethod Windowed(
        IPrior prior,
        LargeFieldSettings settings,
        AnnealedOptions options,
        FieldCheckpoints checkpoints
    )
    {
        const string Name = "windows";
        return new FieldMethod(
            Name,
            (scene, observer, token) =>
            {
                var runs = settings.Control ? 2 : 1;
                var windows = Windows(settings.Seed);
                var result = Solve(windows, 0);
                // The grid moves from level to level; what is left of it in the result is the last level's.
                var last = prior.Schedule.NearestLevel(options.LastSigma);
                var (rows, columns) = windows.Borders(settings.Size, settings.Size, last);
                var lines = rows.Count + columns.Count > 0 ? new SeamLines(rows, columns) : null;
                var count = windows.WindowCount(settings.Size, settings.Size);
                var run = FieldRun.Of(Name, scene, result, lines, count);
                if (settings.Control && lines is not null)
                {
                    var elsewhere = Solve(Windows(settings.Seed + 1), 1).Object;
                    run = run with { ControlSeams = SeamReport.Between(elsewhere, scene.Truth, lines) };
                }
                return Done(observer, run);

                ReconstructionResult Solve(WindowedPrior windowed, int before) =>
                    new AnnealedSolver(windowed, options)
                    {
                        Checkpoint = checkpoints.Of(before == 0 ? Name : "control", 1),
                    }.Solve(
                        scene.Measurement,
                        new ProgressRelay(value =>
                            observer.Advanced(Name, (before + (double)value.Iteration / value.Total) / runs)
                        ),
                        token
                    );
            }
        );

        WindowedPrior Windows(ulong seed) =>
            new(prior, new WindowedPriorOptions { Batch = settings.Batch, Seed = seed });
    }

    private static FieldRun Done(IRunObserver observer, FieldRun run)
    {
        observer.Finished(run);
        return run;
    }

    private static ProgressRelay Relay(IRunObserver observer, string name) =>
        new(value => observer.Advanced(name, (double)value.Iteration / value.Total));
}
