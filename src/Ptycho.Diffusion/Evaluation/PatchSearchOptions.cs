using Ptycho.Diffusion.Options;

namespace Ptycho.Diffusion.Evaluation;

/// <summary>How thoroughly a <see cref="PatchSearch"/> looks.</summary>
public sealed record PatchSearchOptions
{
    /// <summary>Pixels on the side of the central patch that is looked for, at least 8; 64 by default.</summary>
    public int PatchSize
    {
        get;
        init => field = OptionChecks.AtLeast(8, value, nameof(PatchSize));
    } = 64;

    /// <summary>Squares of this many pixels are averaged before comparing, at least 1; 4 by default.</summary>
    public int Reduction
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(Reduction));
    } = 4;

    /// <summary>Rotations tried, equally spaced over the circle, at least 1; 24 by default.</summary>
    public int Angles
    {
        get;
        init => field = OptionChecks.AtLeast(1, value, nameof(Angles));
    } = 24;

    /// <summary>Magnifications tried are 1 and this and its inverse, at least 1; 1.19 by default.</summary>
    public double ScaleStep
    {
        get;
        init => field = OptionChecks.AtLeast(1.0, value, nameof(ScaleStep));
    } = 1.19;

    /// <summary>Whether mirror images are tried; true by default.</summary>
    public bool Mirror { get; init; } = true;
}
