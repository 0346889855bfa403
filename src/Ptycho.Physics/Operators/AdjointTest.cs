using TorchSharp;
using static TorchSharp.torch;

namespace Ptycho.Physics.Operators;

/// <summary>Whether an operator's adjoint is one, for operators of the library and of its users.</summary>
public static class AdjointTest
{
    /// <summary>|⟨A f, ψ⟩ − ⟨f, Aᴴ ψ⟩| / (‖A f‖ ‖ψ‖) for a random f and ψ; about 1e-7 in float32 where the adjoint is right.</summary>
    /// <param name="forward">The operator.</param>
    /// <param name="seed">Seed of f and ψ.</param>
    /// <param name="device">Where the operator works; the CPU by default.</param>
    public static double Mismatch(IForwardOperator forward, ulong seed = 0, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(forward);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var generator = new Generator(seed, CPU);
        var (height, width) = forward.ObjectShape;
        var (frames, modes, h, w) = forward.FarFieldShape;
        var f = randn([1, height, width], complex64, generator: generator).to(device ?? CPU);
        var u = randn([1, frames, modes, h, w], complex64, generator: generator).to(device ?? CPU);
        var image = forward.Forward(f);
        var left = Inner(image, u);
        var right = Inner(f, forward.Adjoint(u));
        return System.Numerics.Complex.Abs(left - right)
            / (image.abs().square().sum().sqrt().ToDouble() * u.abs().square().sum().sqrt().ToDouble());
    }

    private static System.Numerics.Complex Inner(Tensor a, Tensor b) =>
        (a.to(complex128) * b.to(complex128).conj_physical()).sum().ToComplexFloat64();
}
