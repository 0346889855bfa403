using Ptycho.IO.Files;

namespace Ptycho.IO.Tiff.Codec;

/// <summary>PackBits (TIFF 6.0, section 9): runs of 1…128 equal bytes, or 1…128 bytes as they are.</summary>
internal static class PackBitsDecoder
{
    public static void Decode(ReadOnlySpan<byte> packed, Span<byte> destination, string what)
    {
        var read = 0;
        var written = 0;
        while (written < destination.Length)
        {
            if (read >= packed.Length)
                throw DataFile.Invalid(what, "the packed bytes end too early.");
            var head = (sbyte)packed[read++];
            if (head == -128)
                continue;
            var length = head >= 0 ? head + 1 : 1 - head;
            var needed = head >= 0 ? length : 1;
            if (needed > packed.Length - read || length > destination.Length - written)
                throw DataFile.Invalid(what, "a run of packed bytes leaves the block.");
            var target = destination.Slice(written, length);
            if (head >= 0)
                packed.Slice(read, length).CopyTo(target);
            else
                target.Fill(packed[read]);
            read += needed;
            written += length;
        }
    }
}
