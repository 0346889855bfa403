using System.Collections.Immutable;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>
/// An npy file that is open for reading along its first axis. It may be far larger than memory, and than one .NET array;
/// only what is asked for is read. Fortran order, whose first axis is scattered over the file, is refused: read it whole
/// with <see cref="NpyFile.Read(string)"/>. Not for several threads at once.
/// </summary>
public sealed class NpySource : IArraySource
{
    private readonly Stream _stream;
    private readonly bool _bigEndian;
    private readonly long _start;
    private readonly long _step;
    private readonly bool _leaveOpen;

    private NpySource(Stream stream, string name, NpyHeader header, long start, bool leaveOpen)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _bigEndian = header.BigEndian;
        _start = start;
        Path = name;
        ElementType = header.Type;
        Shape = header.Shape;
        _step = header.Shape.IsEmpty || header.DataLength == 0 ? 0 : header.DataLength / header.Shape[0];
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public ElementType ElementType { get; }

    /// <inheritdoc/>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Opens a file; dispose of the result to close it.</summary>
    /// <exception cref="InvalidDataException">The content is wrong or of an unsupported type; the message names the
    /// file.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static NpySource Open(string path)
    {
        var stream = DataFile.Open(path);
        try
        {
            return Create(stream, path, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens an array that fills a stream from its position to its end.</summary>
    /// <param name="stream">A seekable stream; stays open.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <inheritdoc cref="Open(string)" path="/exception"/>
    public static NpySource Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return stream.CanSeek
            ? Create(stream, name, leaveOpen: true)
            : throw new ArgumentException("The stream must be seekable.", nameof(stream));
    }

    /// <inheritdoc/>
    public NumericArray ReadRange(long first, long count)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(SourceRange.ByteLength(Shape, ElementType, first, count, Path));
        ReadRangeInto(first, count, bytes);
        return NumericArray.Wrap(ElementType, SourceRange.Part(Shape, count), bytes);
    }

    /// <inheritdoc/>
    public void ReadRangeInto(long first, long count, Span<byte> destination)
    {
        var length = SourceRange.ByteLength(Shape, ElementType, first, count, Path);
        SourceRange.CheckDestination(length, destination, Path);
        _stream.Position = _start + first * _step;
        DataFile.ReadExactly(_stream, destination, Path, "the elements");
        ArrayReader.CheckBools(ElementType, destination, Path, "the array");
        if (_bigEndian)
            ByteOrder.Reverse(destination, ElementType);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (!_leaveOpen)
            _stream.Dispose();
    }

    private static NpySource Create(Stream stream, string name, bool leaveOpen)
    {
        var header = NpyHeader.Read(stream, name, out _);
        if (header.FortranOrder && header.Shape.Length > 1)
            throw DataFile.Invalid(name, "arrays in Fortran order cannot be read in parts; read the file whole.");
        NpyFile.CheckLength(header, stream.Length - stream.Position, name, exactly: true);
        return new NpySource(stream, name, header, stream.Position, leaveOpen);
    }
}
