using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Reconstruction;

/// <summary>
/// Stopping by frames that the solver does not use: when it begins to fit the noise, their residual rises. The result is
/// then the object of the iteration in which it was lowest. Early stopping is a regulariser, and at low overlap a strong
/// one; the frames held out cost light, though.
/// </summary>
public sealed record HeldOutRule
{
    /// <summary>The share of the frames that is not used, above 0 and below 1; at least one frame.</summary>
    public double Share
    {
        get;
        init
        {
            Require.Positive(value, nameof(Share));
            field = Require.Between(value, 0, 0.9, nameof(Share));
        }
    } = 0.1;

    /// <summary>Stop after so many iterations without a lower residual of the held-out frames, at least 1.</summary>
    public int Patience
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Patience));
    } = 30;

    /// <summary>Seed of the draw of the frames.</summary>
    public ulong Seed { get; init; }
}
