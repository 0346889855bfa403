using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Probes;

/// <summary>A Fresnel zone plate with its central stop, and where the sample stands; SI units.</summary>
public sealed record ZonePlateOptions
{
    /// <summary>Photon energy, joules (1 keV = 1.602176634e-16 J), above 0.</summary>
    public required double Energy
    {
        get;
        init => field = Require.Positive(value, nameof(Energy));
    }

    /// <summary>Width of the outermost zone Δr, metres, above 0.</summary>
    public required double OutermostZoneWidth
    {
        get;
        init => field = Require.Positive(value, nameof(OutermostZoneWidth));
    }

    /// <summary>Diameter D of the zone plate, metres, above 0.</summary>
    public required double Diameter
    {
        get;
        init => field = Require.Positive(value, nameof(Diameter));
    }

    /// <summary>Diameter of the central stop, metres, at least 0 and less than the zone plate's.</summary>
    public double CentralStop
    {
        get;
        init => field = Require.NotNegative(value, nameof(CentralStop));
    }

    /// <summary>Distance of the sample behind the focus, metres; negative is before it.</summary>
    public double Defocus
    {
        get;
        init => field = Require.Finite(value, nameof(Defocus));
    }

    /// <summary>Pixel size in the sample plane, metres, above 0.</summary>
    public required double PixelSize
    {
        get;
        init => field = Require.Positive(value, nameof(PixelSize));
    }

    /// <summary>Wavelength λ = hc/E, metres.</summary>
    public double Wavelength => 6.62607015e-34 * 299792458 / Energy;

    /// <summary>Focal length f = D·Δr/λ, metres.</summary>
    public double FocalLength => Diameter * OutermostZoneWidth / Wavelength;
}
