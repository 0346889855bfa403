using Ptycho.Physics.Validation;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>
/// How <see cref="FourierPtychographySolver"/> works. The defaults recover the public blood-smear data with amplitude
/// errors of .080 to .084.
/// </summary>
public sealed record FourierPtychographyOptions
{
    /// <summary>Object pixels per image pixel along each axis; at least 1.</summary>
    public int Upsampling
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(Upsampling));
    } = 4;

    /// <summary>Sweeps that change the object alone, first; at least 0.</summary>
    public int ObjectSweeps
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(ObjectSweeps));
    } = 2;

    /// <summary>Sweeps that follow, of object and (with <see cref="RecoverPupil"/>) pupil; at least 0.</summary>
    public int JointSweeps
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(JointSweeps));
    } = 10;

    /// <summary>Whether the joint sweeps change the pupil too; if not, the given (or ideal) one stays as it is.</summary>
    public bool RecoverPupil { get; init; } = true;

    /// <summary>
    /// The joint sweep, counted from 1, from which each LED's brightness is fitted as gain = mean|estimate|/mean(measured);
    /// null for never; at least 1.
    /// </summary>
    public int? GainsFromJointSweep
    {
        get;
        init => field = value is null ? null : Require.AtLeast(value.Value, 1, nameof(GainsFromJointSweep));
    } = 3;

    /// <summary>The recovered pupil is 0 beyond this factor times the aperture's radius, plus 1 pixel; at least 1.</summary>
    public double PupilMargin
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(PupilMargin));
    } = 1.06;
}
