using Ptycho.Diffusion.Training;
using Ptycho.Tests.Shared;

namespace Ptycho.Diffusion.Tests.Training;

/// <summary>The test assembly's entry point: one training with checkpoints, for tests that kill it.</summary>
internal static class ChildProcess
{
    internal const int Steps = 60;

    private static int Main(string[] args)
    {
        if (args is not ["train", var folder])
            return 2;
        Train(folder);
        KilledRuns.MarkDone(folder);
        return 0;
    }

    internal static TrainingOutcome Train(string folder)
    {
        using var network = TinyTraining.Network();
        var options = TinyTraining.Options(folder, Steps) with { CheckpointEvery = 2 };
        return TinyTraining.Trainer(network, options).Run();
    }
}
