using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Samples.LargeField.Methods;

/// <summary>Progress without a detour over a synchronisation context.</summary>
internal sealed class ProgressRelay(Action<ReconstructionProgress> action) : IProgress<ReconstructionProgress>
{
    public void Report(ReconstructionProgress value) => action(value);
}
