using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>
/// Reads an unpacked zip entry forward: sums up its CRC, and turns every error of unpacking into one that names the file.
/// Owns the inner stream.
/// </summary>
internal sealed class NpzEntryStream(Stream inner, string name) : Stream
{
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

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (Exception e) when (NpzReader.IsZipError(e))
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
