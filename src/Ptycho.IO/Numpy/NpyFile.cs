using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>
/// Reads and writes npy files, numpy's file of one array. Reads versions 1 to 3, C and Fortran order, both byte orders;
/// the array is always C order, little endian. Writes version 1.0, which every array here fits. Object arrays (pickles),
/// texts, times and structured types are refused.
/// </summary>
public static class NpyFile
{
    /// <summary>Reads a file that holds exactly one array.</summary>
    /// <exception cref="InvalidDataException">The content is wrong or of an unsupported type; the message names the
    /// file.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static NumericArray Read(string path)
    {
        using var stream = DataFile.Open(path);
        return ReadAll(stream, path, stream.Length);
    }

    /// <summary>Reads one array from the stream's position; what follows it is left unread.</summary>
    /// <param name="stream">A seekable stream; stays open.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static NumericArray Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be seekable, so that its length is known.", nameof(stream));
        var header = NpyHeader.Read(stream, name, out _);
        CheckOneArray(header, name);
        CheckLength(header, stream.Length - stream.Position, name, exactly: false);
        return ReadElements(stream, header, name);
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="ArgumentException">The array is bfloat16, which numpy hasn't, or has more than 64 axes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, NumericArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        var header = NpyHeader.Format(array);
        AtomicFile.Write(
            path,
            stream =>
            {
                stream.Write(header);
                stream.Write(array.Bytes);
            }
        );
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, NumericArray)" path="/exception"/>
    public static void Write(Stream stream, NumericArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        stream.Write(NpyHeader.Format(array));
        stream.Write(array.Bytes);
    }

    /// <summary>Reads an array that must fill a stream of known length exactly.</summary>
    internal static NumericArray ReadAll(Stream stream, string name, long length)
    {
        var header = NpyHeader.Read(stream, name, out var headerLength);
        CheckOneArray(header, name);
        CheckLength(header, length - headerLength, name, exactly: true);
        return ReadElements(stream, header, name);
    }

    // Before anything is allocated.
    internal static void CheckLength(NpyHeader header, long available, string name, bool exactly)
    {
        if (available < header.DataLength || (exactly && available > header.DataLength))
            throw DataFile.Invalid(
                name,
                $"{header.Type} {header.DescribeShape()} needs {header.DataLength} bytes, "
                    + $"but {available} follow the header; the file is truncated or damaged."
            );
    }

    private static void CheckOneArray(NpyHeader header, string name)
    {
        if (header.ArrayShapeOrNull() is null)
            throw DataFile.Invalid(
                name,
                $"{header.Type} {header.DescribeShape()} is too large for one array of {Array.MaxLength} bytes; "
                    + $"read it in parts along the first axis with {nameof(NpySource)}."
            );
    }

    private static NumericArray ReadElements(Stream stream, NpyHeader header, string name)
    {
        var shape = header.ArrayShapeOrNull()!;
        var bytes = new byte[header.DataLength];
        DataFile.ReadExactly(stream, bytes, name, "the elements");
        ArrayReader.CheckBools(header.Type, bytes, name, "the array");
        if (header.BigEndian)
            ByteOrder.Reverse(bytes, header.Type);
        if (header.FortranOrder && shape.Length > 1)
            bytes = FortranOrder.ToC(bytes, header.Type, shape);
        return NumericArray.Wrap(header.Type, shape, bytes);
    }
}
