using Ptycho.IO;
using Ptycho.Physics.Metrics;

namespace Ptycho.Samples.PaperTables.Refinement;

/// <summary>
/// Errors without what the data leave free where probe, positions or flux are unknown: a phase ramp, a shift of the whole
/// object and its scale. A border is left out, which the shift brings in from the other side.
/// </summary>
/// <param name="Nrmse">NRMSE with the best complex scale.</param>
/// <param name="Ssim">SSIM of the magnitudes in the same scale.</param>
internal sealed record Unambiguous(double Nrmse, double Ssim)
{
    private const int Border = 4;

    public static Unambiguous Of(ComplexField found, ComplexField truth)
    {
        var turned = PhaseRamp.Between(found, truth).ApplyTo(found);
        var moved = FieldRegistration.Between(turned, truth).ApplyTo(turned);
        var (a, b) = (Inner(PhaseRamp.Between(moved, truth).ApplyTo(moved)), Inner(truth));
        var (product, energy) = (0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            product += (double)a.Real[i] * b.Real[i] + (double)a.Imaginary[i] * b.Imaginary[i];
            energy += (double)a.Real[i] * a.Real[i] + (double)a.Imaginary[i] * a.Imaginary[i];
        }
        var scale = (float)(product / energy);
        for (var i = 0; i < a.Length; i++)
            (a.Real[i], a.Imaginary[i]) = (scale * a.Real[i], scale * a.Imaginary[i]);
        return new Unambiguous(ReconstructionMetrics.NrmseScaled(a, b), ReconstructionMetrics.Ssim(a, b));
    }

    private static ComplexField Inner(ComplexField field)
    {
        var inner = new ComplexField(field.Height - 2 * Border, field.Width - 2 * Border);
        for (var row = 0; row < inner.Height; row++)
        for (var column = 0; column < inner.Width; column++)
            inner[row, column] = field[row + Border, column + Border];
        return inner;
    }
}
