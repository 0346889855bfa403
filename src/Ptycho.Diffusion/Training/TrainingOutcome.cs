using Ptycho.Diffusion.Training.Objectives;

namespace Ptycho.Diffusion.Training;

/// <summary>How a session of training ended.</summary>
/// <param name="Step">Steps taken, over all sessions.</param>
/// <param name="ResumedFrom">The step that this session began at; 0 for a new run.</param>
/// <param name="Finished">Whether all steps are done; false after cancellation.</param>
/// <param name="Loss">Mean loss of the last report, or NaN if there was none.</param>
/// <param name="Validation">The newest validation of this session, or null.</param>
public sealed record TrainingOutcome(
    long Step,
    long ResumedFrom,
    bool Finished,
    double Loss,
    ValidationResult? Validation
);
