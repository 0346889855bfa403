using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Objects;

/// <summary>
/// What <see cref="BloodSmearPhantom"/> draws. The defaults follow the objects recovered from the public blood-smear data
/// at 0.46 µm a pixel: cells of 7.5 µm, magnitudes mostly .5 to 1.2, phases mostly −.5 to .8 rad and up to 2 in dense cells.
/// </summary>
public sealed record BloodSmearPhantomOptions
{
    /// <summary>Mean radius of a red cell, pixels; at least 2.</summary>
    public double CellRadius
    {
        get;
        init => field = Require.AtLeast(value, 2, nameof(CellRadius));
    } = 8;

    /// <summary>Area of all cells together over that of the picture (overlaps count twice): 0 to 1.5.</summary>
    public double Coverage
    {
        get;
        init => field = Require.Between(value, 0, 1.5, nameof(Coverage));
    } = 0.8;

    /// <summary>Share of the cells that lie on the edge of the one before, in chains: 0 to 1.</summary>
    public double ChainShare
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(ChainShare));
    } = 0.55;

    /// <summary>Share of dense, dark cells with a strong phase: 0 to 1.</summary>
    public double DenseShare
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(DenseShare));
    } = 0.03;

    /// <summary>Platelets for each red cell: 0 to 1.</summary>
    public double PlateletShare
    {
        get;
        init => field = Require.Between(value, 0, 1, nameof(PlateletShare));
    } = 0.12;

    /// <summary>Phase of a red cell where it is thickest, radians; at least 0.</summary>
    public double CellPhase
    {
        get;
        init => field = Require.NotNegative(value, nameof(CellPhase));
    } = 0.6;

    /// <summary>−log of a red cell's magnitude where it is thickest; at least 0.</summary>
    public double CellAbsorption
    {
        get;
        init => field = Require.NotNegative(value, nameof(CellAbsorption));
    } = 0.24;

    /// <summary>Standard deviation of the smooth phase of the background, radians; at least 0.</summary>
    public double BackgroundPhase
    {
        get;
        init => field = Require.NotNegative(value, nameof(BackgroundPhase));
    } = 0.08;

    /// <summary>Standard deviation of the fine grain in log-magnitude and phase; at least 0.</summary>
    public double Grain
    {
        get;
        init => field = Require.NotNegative(value, nameof(Grain));
    } = 0.012;
}
