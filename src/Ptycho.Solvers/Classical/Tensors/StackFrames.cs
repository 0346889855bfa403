using Ptycho.Physics.Operators;
using static TorchSharp.torch;

namespace Ptycho.Solvers.Classical.Tensors;

/// <summary>Some frames of some objects with what was measured there.</summary>
/// <param name="Places">Where they lie.</param>
/// <param name="Probe">complex64 [S, 1 or n, M, h, w].</param>
/// <param name="Amplitudes">float32 [B, n, 1, h, w].</param>
/// <param name="Weights">float32 [B, n, 1, h, w], or null for 1.</param>
internal sealed record StackFrames(FramePlaces Places, Tensor Probe, Tensor Amplitudes, Tensor? Weights)
{
    // A far field of exactly 0 has arg 0. No other value of a float32 notices this number.
    private const double Tiny = 1e-18;
    private static readonly TorchSharp.Scalar s_tiny = Tiny;

    /// <summary>The far fields of padded objects, complex64 [B, n, M, h, w].</summary>
    public Tensor ToDetector(ScanTensors scan, Tensor padded)
    {
        using var scope = NewDisposeScope();
        var exit = scan.Cut(padded, Places).unsqueeze(2) * Probe;
        return fft.fft2(exit, norm: TorchSharp.FFTNormType.Ortho).MoveToOuterDisposeScope();
    }

    /// <summary>Σ w(|Ψ| − a)² of every frame, float64 [B, n].</summary>
    public Tensor Misfit(Tensor farField)
    {
        using var scope = NewDisposeScope();
        return Misfit(Amplitudes - Amplitude(farField), Weights).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The step of the exit waves to the measured amplitudes, δ = F⁻¹[w(a/|Ψ| − 1)Ψ], complex64 [B, n, M, h, w], and the
    /// misfit before it, float64 [B, n].
    /// </summary>
    /// <param name="farField">Ψ; overwritten.</param>
    public (Tensor Step, Tensor Misfit) Step(Tensor farField)
    {
        using var scope = NewDisposeScope();
        farField.select(2, 0).real.add_(s_tiny);
        var model = Amplitude(farField);
        var error = Amplitudes - model;
        var factor = model.reciprocal().mul_(error);
        if (Weights is not null)
            factor.mul_(Weights);
        var step = fft.ifft2(farField.mul_(factor), norm: TorchSharp.FFTNormType.Ortho);
        return (step.MoveToOuterDisposeScope(), Misfit(error, Weights).MoveToOuterDisposeScope());
    }

    private static Tensor Amplitude(Tensor farField) =>
        farField.shape[2] == 1 ? farField.abs() : farField.abs().square().sum(2, keepdim: true).sqrt_();

    private static Tensor Misfit(Tensor error, Tensor? weights)
    {
        var square = error.square();
        return (weights is null ? square : square.mul_(weights)).flatten(2).sum(2, type: float64);
    }
}
