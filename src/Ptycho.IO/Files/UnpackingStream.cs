namespace Ptycho.IO.Files;

/// <summary>
/// Reads the output of a decompressor forward: sums up its CRC, and turns every error of unpacking into one that names
/// the file. Owns the inner stream.
/// </summary>
internal sealed class UnpackingStream(Stream inner, string name) : Stream
{
    /// <summary>Deflate cannot shrink data more than this; what claims more is a bomb or damaged.</summary>
    public const long LargestRatio = 1032;

    /// <summary>CRC-32 of all that was read.</summary>
    public uint Crc { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What ZipArchive, DeflateStream and ZLibStream throw on damaged input; zlib's own is an IOException.</summary>
    public static bool IsUnpackingError(Exception e) =>
        e is InvalidDataException or IOException or NotSupportedException or ArgumentException;

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (Exception e) when (IsUnpackingError(e))
        {
            throw DataFile.Invalid(name, $"cannot be unpacked: {e.Message}", e);
        }
        Crc = Crc32.Compute(buffer[..count], Crc);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
