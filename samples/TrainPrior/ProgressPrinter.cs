using System.Globalization;
using Ptycho.Diffusion.Training;

namespace Ptycho.Samples.TrainPrior;

/// <summary>One line per report; a terminal sees the line change in place, a file gets them all.</summary>
internal sealed class ProgressPrinter(TextWriter output) : IProgress<TrainingProgress>
{
    private readonly bool inPlace = !Console.IsOutputRedirected;
    private TrainingProgress? last;

    public void Report(TrainingProgress value)
    {
        last = value;
        var validation = value.Validation is { } v
            ? string.Create(CultureInfo.InvariantCulture, $"  ε-MSE {v.Score:F5} at {value.ValidationStep}")
            : string.Empty;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"step {value.Step}/{value.Steps}  loss {value.Loss:F5}  |g| {value.GradientNorm:F3}  rate {value.LearningRate:G3}  {value.SecondsPerStep:F3} s/step  left {Left(value.TimeLeft)}{validation}"
        );
        if (inPlace)
            output.Write("\r" + line);
        else
            output.WriteLine(line);
        output.Flush();
    }

    private static string Left(TimeSpan time) =>
        time.ToString(time.Days > 0 ? @"d\.hh\:mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>What is known of the newest weights, for the prior's file.</summary>
    public IEnumerable<KeyValuePair<string, string>> Notes()
    {
        if (last?.Validation is { } validation)
            yield return KeyValuePair.Create(
                "validationEpsilonMse",
                string.Create(CultureInfo.InvariantCulture, $"{validation.Score:F6} after {last.ValidationStep} steps")
            );
    }
}
