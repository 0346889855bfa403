using Ptycho.Physics.Validation;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>The microscope of a Fourier ptychography measurement; lengths in metres.</summary>
public sealed record FourierPtychographyOptics
{
    /// <summary>Wavelength in air, m; above 0.</summary>
    public required double Wavelength
    {
        get;
        init => field = Require.Positive(value, nameof(Wavelength));
    }

    /// <summary>Numerical aperture of the objective, in air: above 0, at most 1.</summary>
    public required double NumericalAperture
    {
        get;
        init => field = Require.Between(value, double.Epsilon, 1, nameof(NumericalAperture));
    }

    /// <summary>Camera pixel divided by the magnification, m; above 0.</summary>
    public required double PixelSize
    {
        get;
        init => field = Require.Positive(value, nameof(PixelSize));
    }

    /// <summary>Defocus z of the sample, m: without a given pupil, it starts as the aperture times exp(+i z k_z).</summary>
    public double Defocus
    {
        get;
        init => field = Require.Finite(value, nameof(Defocus));
    }
}
