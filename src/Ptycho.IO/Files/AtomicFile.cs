namespace Ptycho.IO.Files;

/// <summary>
/// Writes files whole or not at all: into a temporary file in the same folder, flushed to the disk, then renamed over
/// the destination. A reader sees the old file or the new one, never a part; on any failure the old file stays as it
/// was and the temporary file is removed.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file with the bytes that <paramref name="write"/> puts into a seekable stream.</summary>
    /// <param name="path">The destination; its folder must exist. A symbolic link is followed, not replaced.</param>
    /// <param name="write">Fills the stream; must not close it. Its exceptions pass through.</param>
    /// <exception cref="DirectoryNotFoundException">The folder doesn't exist.</exception>
    /// <exception cref="IOException">The destination is a folder, or the disk refused.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Replace(path, write);
    }

    /// <summary>
    /// The same for a library that opens files by name: <paramref name="write"/> gets the temporary file, which exists
    /// and is empty, and must have closed it when it returns.
    /// </summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    internal static void WriteNamed(string path, Action<string> write) =>
        Replace(
            path,
            stream =>
            {
                stream.Dispose();
                write(stream.Name);
                using var written = new FileStream(stream.Name, FileMode.Open, FileAccess.ReadWrite);
                written.Flush(flushToDisk: true);
            }
        );

    private static void Replace(string path, Action<FileStream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var destination = Resolve(path);
        var temporary = Path.Combine(
            Path.GetDirectoryName(destination)!,
            $".{Path.GetFileName(destination)}.{Guid.NewGuid():N}.tmp"
        );
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                KeepMode(destination, temporary);
                write(stream);
                if (stream.CanWrite)
                    stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, destination, overwrite: true);
        }
        catch
        {
            RemoveQuietly(temporary);
            throw;
        }
    }

    /// <summary>Writes a file with the bytes given.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) =>
        Write(path, stream => stream.Write(bytes.Span));

    /// <summary>
    /// Makes sure that a file could be written now, by writing a page beside it and removing it: so that a long run fails
    /// at its start and not at its first checkpoint. Nothing else is changed.
    /// </summary>
    /// <param name="path">The destination.</param>
    /// <exception cref="IOException">It could not; folder and reason are named.</exception>
    public static void RequireWritable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var temporary = $"{Resolve(path)}.{Guid.NewGuid():N}.tmp";
            using var stream = new FileStream(
                temporary,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            stream.Write(new byte[4096]);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"'{path}' cannot be written, so nothing was started: {e.Message} Choose another folder, make this one "
                    + "writable, or free space.",
                e
            );
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(text));
    }

    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is not null)
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(full))
            throw new IOException($"Cannot write the file '{path}': a folder has this name.");
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException(
                $"Cannot write the file '{path}': the folder '{folder}' does not exist; create it first."
            );
        return full;
    }

    // A private file must not become readable for others by being written anew.
    private static void KeepMode(string destination, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(destination))
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(destination));
    }

    private static void RemoveQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }
}
