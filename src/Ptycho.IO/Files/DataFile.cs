using System.Diagnostics.CodeAnalysis;

namespace Ptycho.IO.Files;

/// <summary>What all readers share: errors that name the file, and reads that end exactly where they should.</summary>
internal static class DataFile
{
    /// <summary>An error in a file's content that names the file.</summary>
    public static InvalidDataException Invalid(string name, string problem, Exception? cause = null) =>
        new($"'{name}': {problem}", cause);

    [DoesNotReturn]
    public static void ThrowInvalid(string name, string problem) => throw Invalid(name, problem);

    /// <summary>Opens a file for one pass from the start.</summary>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            1 << 16,
            FileOptions.SequentialScan
        );
    }

    /// <summary>Fills the buffer, or says which part of the file is cut off.</summary>
    public static void ReadExactly(Stream stream, Span<byte> buffer, string name, string part)
    {
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (read < buffer.Length)
            ThrowInvalid(name, $"the file ends after {read} of the {buffer.Length} bytes of {part}; it is truncated.");
    }
}
