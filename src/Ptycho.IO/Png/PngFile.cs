using Ptycho.IO.Files;
using Ptycho.IO.Png.Codec;

namespace Ptycho.IO.Png;

/// <summary>
/// Writes PNG files (8-bit RGB) and reads the plain ones: 8 bits a sample, grey or RGB, with or without transparency
/// (laid over white), not interlaced.
/// </summary>
public static class PngFile
{
    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        AtomicFile.Write(path, stream => PngWriter.Write(stream, image));
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    public static void Write(Stream stream, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        PngWriter.Write(stream, image);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The content is wrong or of an unsupported kind; the message names the
    /// file.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static RgbImage Read(string path)
    {
        using var stream = DataFile.Open(path);
        return PngReader.Read(stream, path);
    }

    /// <summary>Reads an image from the stream's position.</summary>
    /// <param name="stream">A seekable stream; stays open.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static RgbImage Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be seekable, so that its length is known.", nameof(stream));
        return PngReader.Read(stream, name);
    }
}
