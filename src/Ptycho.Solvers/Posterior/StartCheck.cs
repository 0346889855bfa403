using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>Refuses a start that does not fit the experiment.</summary>
internal static class StartCheck
{
    /// <param name="start">complex64 [1, H, W] or [C, H, W]; null is allowed.</param>
    /// <param name="chains">C.</param>
    /// <param name="problem">The experiment.</param>
    /// <exception cref="ArgumentException">The start has another type or shape, is not finite, or is 0 everywhere.</exception>
    internal static void Require(Tensor? start, int chains, PosteriorProblem problem)
    {
        if (start is null)
            return;
        var (height, width) = problem.Operator.ObjectShape;
        var shape = start.shape;
        if (
            start.dtype != complex64
            || shape.Length != 3
            || (shape[0] != 1 && shape[0] != chains)
            || shape[1] != height
            || shape[2] != width
        )
            throw new ArgumentException(
                $"The start must be complex64 [1 or {chains}, {height}, {width}], not {start.dtype} "
                    + $"[{string.Join(", ", shape)}].",
                nameof(start)
            );
        using var scope = NewDisposeScope();
        var size = start.abs().sum().ToDouble();
        if (!(size > 0 && double.IsFinite(size)))
            throw new ArgumentException("The start is 0 everywhere, or holds NaN or infinity.", nameof(start));
    }
}
