using Ptycho.Physics.Validation;

namespace Ptycho.Solvers.Classical;

/// <summary>
/// The momentum of mPIE (Maiden, Johnson, Li, Optica 4, 736, 2017): every T updates of a frame
/// v ← η v + (o − o_T), o ← o + η v, where o_T is the object after the last such step; for the probe likewise. It
/// multiplies the effective step by about 1/(1 − η), so that γ must be small.
/// </summary>
public sealed record PieMomentum
{
    /// <summary>Updates T between two steps of the momentum, at least 1; it runs on from sweep to sweep.</summary>
    public int Period
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Period));
    } = 50;

    /// <summary>Friction η of the object in [0, 1): the part of the velocity that is kept; 0 is no momentum.</summary>
    public double ObjectFriction
    {
        get;
        init => field = BelowOne(value, nameof(ObjectFriction));
    } = 0.8;

    /// <summary>Friction of a refined probe in [0, 1).</summary>
    public double ProbeFriction
    {
        get;
        init => field = BelowOne(value, nameof(ProbeFriction));
    } = 0.5;

    private static double BelowOne(double value, string name) =>
        value < 1
            ? Require.NotNegative(value, name)
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be below 1.");
}
