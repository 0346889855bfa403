using System.Buffers.Binary;
using System.Text;
using Ptycho.IO.Matlab;
using Ptycho.IO.Numpy;
using Ptycho.IO.Png;
using Ptycho.IO.Safetensors;
using Ptycho.IO.Tiff;

namespace Ptycho.IO.Tests.Fuzzing;

/// <summary>
/// Files of 5 GiB of which only the first bytes are not 0, so that lengths above 2³¹ are no lies: what does not fit one
/// .NET array is refused before anything of that size is allocated.
/// </summary>
public class HugeFileTests
{
    [Test]
    public void ATiffFieldOfTooManyValuesIsRefused([Values(0x7FFF_FFFFL, 0x8000_0000L, 0x1_0000_0000L)] long count)
    {
        var file = new byte[36];
        "II"u8.CopyTo(file);
        (file[2], file[4]) = (43, 8);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(8), 16);
        // One field: 254, of bytes, so many, at 64.
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(24), 254);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(28), count);
        Refused([.. file, 64, 0, 0, 0, 0, 0, 0, 0], (s, n) => TiffStack.Open(s, n), "254");
    }

    [Test]
    public void APngChunkOfTooManyBytesIsRefused()
    {
        byte[] head = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0xFF, 0xFF, 0xFF, 0x00];
        Refused([.. head, .. "IHDR"u8], (s, n) => PngFile.Read(s, n), "IHDR");
    }

    [Test]
    public void AnArrayOfTooManyElementsIsRefused()
    {
        var text = "{'descr': '<f8', 'fortran_order': False, 'shape': (600000000,), }".PadRight(117) + '\n';
        byte[] head = [0x93, .. "NUMPY"u8, 1, 0, 118, 0];
        Refused([.. head, .. Encoding.ASCII.GetBytes(text)], (s, n) => NpyFile.Read(s, n), "in parts");
    }

    [Test]
    public void ATensorOfTooManyElementsIsRefused()
    {
        var json = "{\"a\":{\"dtype\":\"F64\",\"shape\":[600000000],\"data_offsets\":[0,4800000000]}}";
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        Refused([.. length, .. Encoding.ASCII.GetBytes(json)], (s, n) => SafetensorsFile.Read(s, n), "too large");
    }

    [Test]
    public void AMatrixOfTooManyElementsIsRefused([Values(1, 2)] int part)
    {
        var file = new byte[128];
        (file[125], file[126], file[127]) = (1, (byte)'I', (byte)'M');
        // Part 1: a variable of a gigabyte of doubles too many; part 2: one whose name is as long.
        uint[] words =
            part == 1
                ? [14, 4_000_000_000, 6, 8, 6, 0, 5, 8, 1_000_000, 500_000, (2 << 16) | 1, 'x', 9, 4_000_000_000]
                : [14, 4_000_000_000, 6, 8, 6, 0, 5, 8, 1, 1, 1, 2_000_000_000];
        byte[] bytes = [.. file, .. words.SelectMany(BitConverter.GetBytes)];
        Refused(bytes, (s, n) => MatFile.ReadContent(s, n), part == 1 ? "more than" : "name");
    }

    private static void Refused(byte[] start, Corruption.Reader read, string named)
    {
        using var stream = new HugeStream(start);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(
            () => read(stream, "huge.file"),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("huge.file").And.Message.Contains(named)
        );
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    private sealed class HugeStream(byte[] start) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => 5L << 30;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, Length - Position);
            for (var i = 0; i < count; i++)
                buffer[i] = Position + i < start.Length ? start[Position + i] : (byte)0;
            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) =>
            Position =
                offset
                + origin switch
                {
                    SeekOrigin.Begin => 0,
                    SeekOrigin.Current => Position,
                    _ => Length,
                };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
