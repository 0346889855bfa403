namespace Ptycho.Diffusion.Schedules;

/// <summary>The rule that gives a schedule its β.</summary>
public enum ScheduleKind
{
    /// <summary>β rises linearly.</summary>
    Linear,

    /// <summary>ᾱ falls as a squared cosine.</summary>
    Cosine,

    /// <summary>Every β is given.</summary>
    Betas,
}
