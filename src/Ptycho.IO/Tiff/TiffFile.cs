using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Tiff.Codec;

namespace Ptycho.IO.Tiff;

/// <summary>Reads and writes TIFF stacks: pages of one size and type. See <see cref="TiffStack"/> for what is read.</summary>
public static class TiffFile
{
    /// <summary>Reads all pages as [pages, h, w].</summary>
    /// <exception cref="InvalidDataException">The content is wrong or of an unsupported kind, the pages differ, or they
    /// are too large for one array; the message names the file.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static NumericArray Read(string path)
    {
        using var stack = TiffStack.Open(path);
        return stack.ReadRange(0, stack.Shape[0]);
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The destination, replaced if it exists.</param>
    /// <param name="pages">[h, w] or [pages, h, w], not empty, any type but bool and bfloat16.</param>
    /// <param name="options">Compression and kind.</param>
    /// <exception cref="ArgumentException">The array cannot be pages of a TIFF.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, NumericArray pages, TiffOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pages);
        TiffWriter.RequireWritable(pages);
        Write(path, writer => writer.Add(pages), options);
    }

    /// <summary>Writes a file page by page, whole or not at all.</summary>
    /// <param name="path">The destination, replaced if it exists.</param>
    /// <param name="write">Adds the pages.</param>
    /// <param name="options">Compression and kind.</param>
    /// <exception cref="InvalidOperationException">No page was added.</exception>
    /// <exception cref="IOException">The file cannot be written, or needs more than 4 GiB and <see cref="TiffOptions.Big"/>
    /// is not set.</exception>
    public static void Write(string path, Action<TiffWriter> write, TiffOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        AtomicFile.Write(path, stream => Write(stream, write, options));
    }

    /// <summary>Writes to a seekable stream at its start; stays open.</summary>
    /// <inheritdoc cref="Write(string, Action{TiffWriter}, TiffOptions)" path="/exception"/>
    public static void Write(Stream stream, Action<TiffWriter> write, TiffOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(write);
        if (!stream.CanSeek || stream.Position != 0)
            throw new ArgumentException("The stream must be seekable and at its start.", nameof(stream));
        var writer = new TiffWriter(new TiffOutput(stream, options ?? new TiffOptions()));
        write(writer);
        writer.Finish();
    }
}
