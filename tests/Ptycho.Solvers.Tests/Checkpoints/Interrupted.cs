using Ptycho.Solvers.Reconstruction;

namespace Ptycho.Solvers.Tests.Checkpoints;

/// <summary>Cancels after a step.</summary>
internal sealed class Interrupted : IProgress<ReconstructionProgress>, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly int _after;

    internal Interrupted(int after) => _after = after;

    internal int First { get; private set; }

    internal CancellationToken Token => _source.Token;

    public void Report(ReconstructionProgress value)
    {
        if (First == 0)
            First = value.Iteration;
        if (value.Iteration == _after)
            _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
