using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Tiling;

/// <summary>How a <see cref="SeamReport"/> looks for seams.</summary>
public sealed record SeamOptions
{
    /// <summary>Pixels on each side of a line that count as its border, at least 1.</summary>
    public int HalfWidth
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(HalfWidth));
    } = 4;

    /// <summary>
    /// Other places of the same lines, all moved by the same amount, at which the ratios are taken as well: what they are
    /// where there is no seam. At least 2.
    /// </summary>
    public int Displacements
    {
        get;
        init => field = Require.AtLeast(value, 2, nameof(Displacements));
    } = 16;
}
