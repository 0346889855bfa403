using System.Numerics;
using Ptycho.IO;

namespace Ptycho.Physics.Metrics;

/// <summary>
/// How far a reconstruction is from the truth, over the full frame. Phase retrieval leaves one global phase free; every
/// measure of complex fields removes it first, and no more than it says.
/// </summary>
public static class ReconstructionMetrics
{
    /// <summary>
    /// The unit-modulus c that minimises ‖c·r − t‖, i.e. the phase of Σ conj(r)·t; 1 where that sum is 0.
    /// </summary>
    public static Complex GlobalPhase(ComplexField reconstruction, ComplexField truth)
    {
        var product = InnerProduct(reconstruction, truth);
        return product == Complex.Zero ? Complex.One : product / product.Magnitude;
    }

    /// <summary>‖c·r − t‖/‖t‖ with the best c of unit modulus.</summary>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, or the truth is 0.</exception>
    public static double Nrmse(ComplexField reconstruction, ComplexField truth) =>
        Relative(reconstruction, truth, GlobalPhase(reconstruction, truth));

    /// <summary>‖c·r − t‖/‖t‖ with the best complex c, for data whose scale is unknown.</summary>
    /// <inheritdoc cref="Nrmse" path="/exception"/>
    public static double NrmseScaled(ComplexField reconstruction, ComplexField truth)
    {
        var product = InnerProduct(reconstruction, truth);
        var energy = Magnitude(reconstruction).Sum(magnitude => magnitude * magnitude);
        return Relative(reconstruction, truth, energy > 0 ? product / energy : 0);
    }

    /// <summary>
    /// Structural similarity of the magnitudes: 7×7 uniform window, sample covariance, data range max − min of the
    /// truth, mean over the frame without the 3 border pixels, exactly as scikit-image's default.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, a side is below 7 pixels, or the
    /// magnitude of the truth is constant.</exception>
    public static double Ssim(ComplexField reconstruction, ComplexField truth)
    {
        CheckShapes(reconstruction, truth);
        return StructuralSimilarity.Uniform(Magnitude(reconstruction), Magnitude(truth), truth.Height, truth.Width);
    }

    /// <summary>The same with the Gaussian window of <see cref="StructuralSimilarity.Gaussian"/>, as the original paper has it.</summary>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, a side is below 11 pixels, or the
    /// magnitude of the truth is constant.</exception>
    public static double SsimGaussian(ComplexField reconstruction, ComplexField truth)
    {
        CheckShapes(reconstruction, truth);
        return StructuralSimilarity.Gaussian(Magnitude(reconstruction), Magnitude(truth), truth.Height, truth.Width);
    }

    /// <summary>Peak signal-to-noise ratio of the magnitudes, 10·log₁₀(range²/mean square error), dB.</summary>
    /// <remarks>The range is max − min of the truth; equal magnitudes give +∞.</remarks>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, or the magnitude of the truth is
    /// constant.</exception>
    public static double Psnr(ComplexField reconstruction, ComplexField truth)
    {
        CheckShapes(reconstruction, truth);
        var (r, t) = (Magnitude(reconstruction), Magnitude(truth));
        var range = t.Max() - t.Min();
        if (range == 0)
            throw new ArgumentException("The magnitude of the truth is constant: it has no range.", nameof(truth));
        var error = r.Zip(t, (a, b) => (a - b) * (a - b)).Average();
        return 10 * Math.Log10(range * range / error);
    }

    /// <summary>
    /// Root mean square of the phase difference arg(c·r·conj(t)), radians, with the global phase c removed; pixels
    /// where either is 0 have no phase and are left out.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, the truth is 0, or no pixel has a
    /// phase in both.</exception>
    public static double PhaseError(ComplexField reconstruction, ComplexField truth)
    {
        var c = GlobalPhase(reconstruction, truth);
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < truth.Length; i++)
        {
            var product = c * Value(reconstruction, i) * Complex.Conjugate(Value(truth, i));
            if (product == Complex.Zero)
                continue;
            sum += product.Phase * product.Phase;
            count++;
        }

        if (count == 0)
            throw new ArgumentException("No pixel has a phase in both fields.", nameof(reconstruction));
        return Math.Sqrt(sum / count);
    }

    /// <summary>
    /// <see cref="PhaseError"/> after the best linear <see cref="PhaseRamp"/> is removed too, for an object whose probe
    /// was refined.
    /// </summary>
    /// <inheritdoc cref="PhaseError" path="/exception"/>
    public static double PhaseErrorWithoutRamp(ComplexField reconstruction, ComplexField truth) =>
        PhaseError(PhaseRamp.Between(reconstruction, truth).ApplyTo(reconstruction), truth);

    private static double Relative(ComplexField reconstruction, ComplexField truth, Complex factor)
    {
        var (error, energy) = (0.0, 0.0);
        for (var i = 0; i < truth.Length; i++)
        {
            var t = Value(truth, i);
            var d = factor * Value(reconstruction, i) - t;
            error += d.Real * d.Real + d.Imaginary * d.Imaginary;
            energy += t.Real * t.Real + t.Imaginary * t.Imaginary;
        }

        return Math.Sqrt(error / energy);
    }

    private static Complex InnerProduct(ComplexField reconstruction, ComplexField truth)
    {
        CheckShapes(reconstruction, truth);
        var sum = Complex.Zero;
        for (var i = 0; i < truth.Length; i++)
            sum += Complex.Conjugate(Value(reconstruction, i)) * Value(truth, i);
        return sum;
    }

    private static double[] Magnitude(ComplexField field) =>
        [.. Enumerable.Range(0, field.Length).Select(i => Value(field, i).Magnitude)];

    private static Complex Value(ComplexField field, int index) => new(field.Real[index], field.Imaginary[index]);

    private static void CheckShapes(ComplexField reconstruction, ComplexField truth)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(truth);
        if (reconstruction.Height != truth.Height || reconstruction.Width != truth.Width)
            throw new ArgumentException(
                $"The reconstruction is {reconstruction.Height}×{reconstruction.Width}, the truth "
                    + $"{truth.Height}×{truth.Width}; crop them to one region first.",
                nameof(reconstruction)
            );
        Measurements.FiniteCheck.Require(reconstruction, nameof(reconstruction));
        Measurements.FiniteCheck.Require(truth, nameof(truth));
        if (!truth.Real.AsSpan().ContainsAnyExcept(0f) && !truth.Imaginary.AsSpan().ContainsAnyExcept(0f))
            throw new ArgumentException("The truth is 0 everywhere; relative errors have no meaning.", nameof(truth));
    }
}
