namespace Ptycho.Physics.Measurements;

/// <summary>What the numbers of a diffraction frame are.</summary>
public enum DiffractionUnit
{
    /// <summary>Photon (or electron) counts; one count per unit of intensity.</summary>
    Counts,

    /// <summary>Intensity |Ψ|² in any unit.</summary>
    Intensity,

    /// <summary>Amplitude |Ψ|, the square root of an intensity.</summary>
    Amplitude,
}
