using System.Diagnostics;
using Ptycho.Diffusion.Training.Objectives;

namespace Ptycho.Diffusion.Training;

/// <summary>Means since the last report, and the pace of the session.</summary>
internal sealed class ProgressMeter(long steps, long firstStep)
{
    private readonly long sessionStart = Stopwatch.GetTimestamp();
    private long stepStart;
    private long stepTicks;
    private double lossSum;
    private double normSum;
    private double lastRate;
    private int count;
    private long validationStep;

    public double LastLoss { get; private set; } = double.NaN;

    public ValidationResult? Validation { get; private set; }

    public void Begin() => stepStart = Stopwatch.GetTimestamp();

    public void End(double loss, double norm, double rate)
    {
        stepTicks += Stopwatch.GetTimestamp() - stepStart;
        lossSum += loss;
        normSum += norm;
        lastRate = rate;
        count++;
    }

    public void Validated(long step, ValidationResult result) => (validationStep, Validation) = (step, result);

    public TrainingProgress Report(long step)
    {
        LastLoss = lossSum / count;
        var pace = Stopwatch.GetElapsedTime(sessionStart) / (step - firstStep);
        var report = new TrainingProgress(
            step,
            steps,
            LastLoss,
            normSum / count,
            lastRate,
            stepTicks / (double)Stopwatch.Frequency / count,
            pace * (steps - step),
            Validation,
            validationStep
        );
        (lossSum, normSum, count, stepTicks) = (0, 0, 0, 0);
        return report;
    }
}
