using Ptycho.Samples.Demo.Scenes;
using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.Demo.Methods;

/// <summary>Runs every method on every scene.</summary>
internal static class Comparison
{
    /// <returns>The reconstructions: scene after scene, in each the methods in their order.</returns>
    public static IReadOnlyList<MethodRun> Run(
        IReadOnlyList<IReconstructionSolver> methods,
        IReadOnlyList<DemoScene> scenes,
        IComparisonObserver observer,
        CancellationToken cancellationToken
    )
    {
        var runs = new MethodRun[scenes.Count * methods.Count];
        // Method by method, so that each has its own time to go in the display.
        for (var method = 0; method < methods.Count; method++)
        for (var scene = 0; scene < scenes.Count; scene++)
        {
            var progress = new Relay(observer, methods[method].Name, scene);
            var result = methods[method].Solve(scenes[scene].Measurement, progress, cancellationToken);
            var run = MethodRun.Of(scenes[scene], result);
            runs[scene * methods.Count + method] = run;
            observer.Finished(run);
        }
        return runs;
    }

    private sealed class Relay(IComparisonObserver observer, string method, int scenesDone)
        : IProgress<ReconstructionProgress>
    {
        public void Report(ReconstructionProgress value) =>
            observer.Advanced(method, scenesDone + (double)value.Iteration / value.Total);
    }
}
