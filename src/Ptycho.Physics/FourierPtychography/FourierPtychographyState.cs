using System.Numerics.Tensors;
using Ptycho.IO;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>What a recovery changes: spectrum, pupil, gains.</summary>
/// <param name="Spectrum">The object's spectrum, zero frequency in the centre.</param>
/// <param name="Pupil">The pupil.</param>
/// <param name="Gains">One an image.</param>
internal sealed record FourierPtychographyState(ComplexField Spectrum, SplitPlane Pupil, float[] Gains)
{
    /// <summary>The part that holds NaN or infinity, or null.</summary>
    public string? NotFinite =>
        !IsFinite(Spectrum.Real, Spectrum.Imaginary) ? "object"
        : !IsFinite(Pupil.Re, Pupil.Im) ? "pupil"
        : null;

    public FourierPtychographyState Copy()
    {
        var copy = new FourierPtychographyState(
            new ComplexField(Spectrum.Height, Spectrum.Width),
            new SplitPlane(Pupil.Length),
            new float[Gains.Length]
        );
        CopyTo(copy);
        return copy;
    }

    public void CopyTo(FourierPtychographyState other)
    {
        Spectrum.Real.CopyTo(other.Spectrum.Real, 0);
        Spectrum.Imaginary.CopyTo(other.Spectrum.Imaginary, 0);
        Pupil.Re.CopyTo(other.Pupil.Re, 0);
        Pupil.Im.CopyTo(other.Pupil.Im, 0);
        Gains.CopyTo(other.Gains, 0);
    }

    private static bool IsFinite(float[] re, float[] im) =>
        float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(re))
        && float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(im));
}
