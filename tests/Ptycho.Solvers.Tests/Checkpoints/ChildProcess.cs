using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Solvers.Annealing;
using Ptycho.Solvers.Checkpoints;
using Ptycho.Solvers.Classical;
using Ptycho.Solvers.Classical.Tensors;
using Ptycho.Solvers.Guidance;
using Ptycho.Solvers.Reconstruction;
using Ptycho.Solvers.Refinement;
using Ptycho.Solvers.Tests.Posterior;
using Ptycho.Solvers.Uncertainty;
using Ptycho.Tests.Shared;

namespace Ptycho.Solvers.Tests.Checkpoints;

/// <summary>The test assembly's entry point: one solve with checkpoints, for tests that kill it.</summary>
internal static class ChildProcess
{
    private static readonly AnnealedOptions Annealed = SmallOptions.Annealed with { Levels = 60, Chains = 1 };
    private static readonly AnnealedOptions Refined = Annealed with
    {
        Levels = 20,
        Refinement = JointRefinement.Everything with
        {
            StartIterations = 5,
            ProbeSteps = 5,
            TrialSweeps = 1,
            Passes = 2,
        },
    };

    private static readonly DpsOptions Guided = SmallOptions.Guided with { Steps = 60 };
    private static readonly PosteriorOptions Sampled = SmallOptions.Posterior with { Levels = 40, LangevinSteps = 8 };

    private static readonly MaximumLikelihoodOptions Likely = new()
    {
        Stop = new() { Iterations = 200 },
        Refinement = new(),
        Correction = new(),
    };

    private static readonly RpieOptions Momentum = RpieOptions.Mpie with
    {
        Stop = new()
        {
            Iterations = 200,
            HeldOut = new() { Patience = 1000 },
        },
        Refinement = new(),
    };

    private static readonly RpieOptions InTensors = Momentum with { Stop = Momentum.Stop with { Iterations = 60 } };

    private static readonly AwfOptions Accelerated = new()
    {
        Stop = new()
        {
            Iterations = 150,
            HeldOut = new() { Patience = 1000 },
        },
        Refinement = new(),
        Correction = new(),
    };

    private static int Main(string[] args)
    {
        if (args is not ["solve", var solver, var folder])
            return 2;
        var checkpoint = new CheckpointOptions { Path = Path.Combine(folder, "run.safetensors") };
        var found = Solve(solver, checkpoint);
        NpzFile.Write(
            Path.Combine(folder, "result.npz"),
            new Dictionary<string, NumericArray> { ["object"] = NumericArray.FromComplexField(found) }
        );
        KilledRuns.MarkDone(folder);
        return 0;
    }

    internal static ComplexField Solve(string name, CheckpointOptions? checkpoint)
    {
        using var small = new Small();
        if (string.Equals(name, "posterior", StringComparison.Ordinal))
            return new PosteriorSampler(new FlatPrior(0.5), Sampled) { Checkpoint = checkpoint }
                .Run(small.Measurement)
                .Mean;
        IReconstructionSolver solver = name switch
        {
            "annealed" => new AnnealedSolver(new FlatPrior(0.5), Annealed) { Checkpoint = checkpoint },
            "annealed, refined" => new AnnealedSolver(new FlatPrior(0.5), Refined) { Checkpoint = checkpoint },
            "DPS" => new DpsSolver(new FlatPrior(0.5), Guided) { Checkpoint = checkpoint },
            "ML" => new MaximumLikelihoodSolver(Likely) { Checkpoint = checkpoint },
            "mPIE" => new RpieSolver(Momentum) { Checkpoint = checkpoint },
            "mPIE in tensors" => new TensorRpieSolver(InTensors) { Checkpoint = checkpoint },
            "AWF in tensors" => new TensorAwfSolver(Accelerated) { Checkpoint = checkpoint },
            _ => throw new ArgumentException($"There is no solver '{name}'.", nameof(name)),
        };
        return solver.Solve(small.Measurement).Object;
    }
}
