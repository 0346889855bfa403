using System.Globalization;
using Ptycho.IO.Files;
using Ptycho.IO.Safetensors;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>A sampler's checkpoint on disk, bound to the run that it belongs to.</summary>
internal sealed class SamplerFile(CheckpointOptions options, RunIdentity identity)
{
    private const string Format = "ptycho-sampler-checkpoint-1";

    internal bool IsDue(int done) => done % options.Every == 0;

    /// <exception cref="IOException">The file cannot be written; the one before is still there.</exception>
    internal void Write(SamplerSnapshot snapshot)
    {
        var metadata = new Dictionary<string, string>(identity.Parts, StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["done"] = Text(snapshot.Done),
            ["draws"] = Text(snapshot.Draws),
            ["evaluations"] = Text(snapshot.Evaluations),
            ["ticks"] = Text(snapshot.Elapsed.Ticks),
        };
        try
        {
            SafetensorsFile.Write(options.Path, new SafetensorsContent(snapshot.Arrays, metadata));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The checkpoint '{options.Path}' could not be written after step {snapshot.Done}: {e.Message} The one "
                    + "before, if any, is whole: free space or make the folder writable, and the same run goes on from it.",
                e
            );
        }
    }

    /// <summary>The snapshot in the file, or null if there is no file; then a file must be possible.</summary>
    /// <exception cref="IOException">The file cannot be read, or there is none and none could be written.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or one of another run; the part is named.</exception>
    internal SamplerSnapshot? Read()
    {
        if (!File.Exists(options.Path))
        {
            AtomicFile.RequireWritable(options.Path);
            return null;
        }
        var content = SafetensorsFile.Read(options.Path);
        if (!string.Equals(content.Metadata.GetValueOrDefault("format"), Format, StringComparison.Ordinal))
            throw new InvalidDataException($"{options.Path} is not a sampler's checkpoint ({Format}).");
        identity.Require(options.Path, content.Metadata);
        return new SamplerSnapshot(
            (int)Number(content, "done"),
            Number(content, "draws"),
            Number(content, "evaluations"),
            TimeSpan.FromTicks(Number(content, "ticks")),
            content.Tensors
        );
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private long Number(SafetensorsContent content, string key) =>
        long.TryParse(
            content.Metadata.GetValueOrDefault(key),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var value
        )
        && value <= (string.Equals(key, "done", StringComparison.Ordinal) ? int.MaxValue : long.MaxValue)
            ? value
            : throw new InvalidDataException($"{options.Path}: '{key}' is not a whole number.");
}
