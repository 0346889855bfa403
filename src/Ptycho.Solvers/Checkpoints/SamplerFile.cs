using System.Globalization;
using Ptycho.IO.Files;
using Ptycho.IO.Safetensors;

namespace Ptycho.Solvers.Checkpoints;

/// <summary>A sampler's checkpoint on disk, bound to the run that it belongs to.</summary>
internal sealed class SamplerFile(CheckpointOptions options, RunIdentity identity)
{
    private const string Format = "ptycho-sampler-checkpoint-2";
    private const long MostEvaluations = 1L << 53;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(365_000);

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
            SafetensorsFile.Write(options.Path, SafetensorsSeal.Add(new SafetensorsContent(snapshot.Arrays, metadata)));
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
    /// <exception cref="InvalidDataException">The file is no checkpoint, damaged, or one of another run; the part is
    /// named.</exception>
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
        Restore(() => SafetensorsSeal.Require(content, options.Path));
        identity.Require(options.Path, content.Metadata);
        var done = (int)Number(content, "done", int.MaxValue);
        return new SamplerSnapshot(
            done,
            // More than a run draws would be drawn again, for years.
            Number(content, "draws", 2L * done + 1),
            Number(content, "evaluations", MostEvaluations),
            TimeSpan.FromTicks(Number(content, "ticks", s_longest.Ticks)),
            content.Tensors
        );
    }

    /// <summary>Puts a snapshot's content back; what does not fit is an error that names the file.</summary>
    /// <exception cref="InvalidDataException">The content does not fit the run, or holds impossible values.</exception>
    internal T Restore<T>(Func<T> restore)
    {
        try
        {
            return restore();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{options.Path}: {e.Message} The file is damaged or of another run: delete it to start anew.",
                e
            );
        }
    }

    /// <inheritdoc cref="Restore{T}"/>
    internal void Restore(Action restore) =>
        Restore(() =>
        {
            restore();
            return true;
        });

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private long Number(SafetensorsContent content, string key, long largest) =>
        long.TryParse(
            content.Metadata.GetValueOrDefault(key),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var value
        )
        && value <= largest
            ? value
            : throw new InvalidDataException($"{options.Path}: '{key}' is no whole number from 0 to {largest}.");
}
