using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>
/// Standard normal states [C, 2, H, W]. They are drawn on the CPU, so that a seed means the same noise on every device.
/// </summary>
internal sealed class NoiseSource(ulong seed, int chains, PosteriorProblem problem) : IDisposable
{
    private readonly Generator _generator = new(seed, CPU);
    private readonly long[] _shape =
    [
        chains,
        2,
        problem.Operator.ObjectShape.Height,
        problem.Operator.ObjectShape.Width,
    ];

    internal Tensor Next()
    {
        using var scope = NewDisposeScope();
        return randn(_shape, float32, generator: _generator).to(problem.Device).MoveToOuterDisposeScope();
    }

    public void Dispose() => _generator.Dispose();
}
