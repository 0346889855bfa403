using Ptycho.Diffusion.Training.Objectives;

namespace Ptycho.Diffusion.Training;

/// <summary>Where a training run stands.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">Mean loss since the report before.</param>
/// <param name="GradientNorm">Mean norm of the gradients, before clipping, since the report before.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="SecondsPerStep">Time of a step, without validations and checkpoints, since the report before.</param>
/// <param name="TimeLeft">Time to the end at the mean pace of this session.</param>
/// <param name="Validation">The newest validation of this session, or null.</param>
/// <param name="ValidationStep">Steps taken when that was made.</param>
public sealed record TrainingProgress(
    long Step,
    long Steps,
    double Loss,
    double GradientNorm,
    double LearningRate,
    double SecondsPerStep,
    TimeSpan TimeLeft,
    ValidationResult? Validation,
    long ValidationStep
);
