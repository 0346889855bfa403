using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>The graph Laplacian of an object's pixels, each joined to its four neighbours within the object.</summary>
internal static class GridLaplacian
{
    /// <summary>A bound on its eigenvalues.</summary>
    internal const double LargestEigenvalue = 8;

    /// <summary>Σ_j (f_i − f_j) over the neighbours in the object, the gradient of ½ Σ |f_i − f_j|².</summary>
    internal static Tensor Roughness(Tensor f)
    {
        using var scope = NewDisposeScope();
        var sum = zeros_like(f);
        foreach (var dim in (ReadOnlySpan<long>)[1, 2])
        {
            var count = f.shape[(int)dim] - 1;
            var step = f.narrow(dim, 1, count) - f.narrow(dim, 0, count);
            sum.narrow(dim, 1, count).add_(step);
            sum.narrow(dim, 0, count).sub_(step);
        }
        return sum.MoveToOuterDisposeScope();
    }
}
