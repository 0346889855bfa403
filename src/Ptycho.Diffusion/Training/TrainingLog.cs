using System.Text.Json;
using Ptycho.Diffusion.Training.Objectives;
using Ptycho.IO.Files;

namespace Ptycho.Diffusion.Training;

/// <summary>
/// log.jsonl in a run's folder: one JSON object a line. A resumed run first drops the lines of steps that its checkpoint
/// does not hold, so that every step is in the log once.
/// </summary>
internal sealed class TrainingLog
{
    private readonly string path;

    public TrainingLog(string folder, long step)
    {
        path = Path.Combine(folder, "log.jsonl");
        if (!File.Exists(path))
            return;
        var kept = File.ReadLines(path).Where(line => StepOf(line) is { } s && s <= step).ToArray();
        AtomicFile.WriteAllText(path, string.Concat(kept.Select(line => line + "\n")));
    }

    public void Report(TrainingProgress progress) =>
        Append(w =>
        {
            w.WriteNumber("step", progress.Step);
            w.WriteNumber("loss", progress.Loss);
            w.WriteNumber("gradientNorm", progress.GradientNorm);
            w.WriteNumber("learningRate", progress.LearningRate);
            w.WriteNumber("secondsPerStep", progress.SecondsPerStep);
        });

    public void Validation(long step, ValidationResult result) =>
        Append(w =>
        {
            w.WriteNumber("step", step);
            Number(w, "validation", result.Score);
            w.WriteStartObject("bins");
            foreach (var bin in result.Bins)
                Number(w, bin.Name, bin.Value);
            w.WriteEndObject();
        });

    // JSON has no NaN; a validation that is not finite must not end the run.
    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    private void Append(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static long? StepOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("step", out var step)
                && step.ValueKind == JsonValueKind.Number
                && step.TryGetInt64(out var number)
                ? number
                : null;
        }
        catch (JsonException)
        {
            // A line that was cut off by a kill; what is no entry of ours goes the same way.
            return null;
        }
    }
}
