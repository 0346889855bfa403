using Ptycho.Physics.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Posterior;

/// <summary>‖A‖² of any operator by the power iteration, with a margin so that it bounds from above.</summary>
internal static class OperatorNorm
{
    private const int Iterations = 30;
    private const double Margin = 1.05;

    internal static double Squared(IForwardOperator forward, Device device)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var generator = new Generator(1, CPU);
        var f = randn([1, forward.ObjectShape.Height, forward.ObjectShape.Width], complex64, generator: generator)
            .to(device);
        var norm = 0.0;
        for (var i = 0; i < Iterations; i++)
        {
            f = f / f.abs().square().sum().sqrt();
            f = forward.Adjoint(forward.Forward(f));
            norm = f.abs().square().sum().sqrt().ToDouble();
            if (!(norm > 0) || double.IsInfinity(norm))
                throw new ArgumentException($"The operator maps a random object to norm {norm}.", nameof(forward));
        }
        return norm * Margin;
    }
}
