namespace Ptycho.Solvers.Reconstruction;

/// <summary>Why a solver ended.</summary>
public enum StopReason
{
    /// <summary>All iterations that the options allow were done.</summary>
    IterationLimit,

    /// <summary>The residual fell to the target.</summary>
    ResidualReached,

    /// <summary>The residual no longer fell.</summary>
    Stagnated,

    /// <summary>The residual of held-out frames no longer fell; the object of its lowest value is the result.</summary>
    HeldOutRose,

    /// <summary>A sampler came to the end of its noise schedule.</summary>
    ScheduleCompleted,
}
