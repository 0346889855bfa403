using System.Collections.Immutable;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Tiff.Codec;
using Ptycho.IO.Tiff.Format;

namespace Ptycho.IO.Tiff;

/// <summary>
/// A TIFF or BigTIFF whose pages of one size and type are frames [pages, h, w], open for reading page by page, so that
/// one larger than memory can be read. Both byte orders; strips and tiles; whole numbers of 8 to 64 bits, floats of 16
/// to 64, complex of 64 and 128; not compressed, deflate, LZW or PackBits, with both predictors. Values are those that
/// are stored, also where white is 0. Thumbnails and masks (by their subfile type) are passed over. Not for several
/// threads at once.
/// </summary>
public sealed class TiffStack : IArraySource
{
    /// <summary>More is no file of the field.</summary>
    private const int MostPages = 10_000_000;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly List<TiffPage> _pages;
    private readonly TiffPageReader _reader;

    private TiffStack(Stream stream, string file, bool leaveOpen)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        Path = file;
        var input = new TiffInput(stream, file);
        _reader = new TiffPageReader(input);
        _pages = ReadPages(input);
        var first = _pages[0];
        ElementType = first.Type;
        Shape = [_pages.Count, first.Height, first.Width];
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public ElementType ElementType { get; }

    /// <summary>Pages, rows, columns.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The text of the first page (ImageDescription), or null.</summary>
    public string? Description { get; private set; }

    /// <summary>Opens a file and reads where its pages lie; dispose of the result to close it.</summary>
    /// <exception cref="InvalidDataException">The content is wrong or of an unsupported kind, or the pages differ; the
    /// message names the file and the page.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static TiffStack Open(string path)
    {
        var stream = DataFile.Open(path);
        try
        {
            return new TiffStack(stream, path, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a stream that holds a TIFF from its start.</summary>
    /// <param name="stream">A seekable stream; stays open.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <inheritdoc cref="Open(string)" path="/exception"/>
    public static TiffStack Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return stream.CanSeek
            ? new TiffStack(stream, name, leaveOpen: true)
            : throw new ArgumentException("The stream must be seekable.", nameof(stream));
    }

    /// <summary>Reads pages as [count, h, w].</summary>
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
        for (var i = 0; i < count; i++)
        {
            var page = _pages[(int)first + i];
            _reader.Read(page, destination.Slice(i * page.ByteLength, page.ByteLength));
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (!_leaveOpen)
            _stream.Dispose();
    }

    private List<TiffPage> ReadPages(TiffInput input)
    {
        var pages = new List<TiffPage>();
        var (budget, stored) = (input.Length, input.Length);
        var number = 0;
        for (var offset = input.ReadHeader(); offset != 0; number++)
        {
            if (number >= MostPages)
                throw input.Invalid($"it has more than {MostPages} pages.");
            var directory = TiffDirectory.Read(input, offset, number, ref budget);
            offset = directory.Next;
            // 1 is a thumbnail, 4 a mask of another page.
            if ((directory.Number(TiffTag.SubfileType) & 5) is > 0)
                continue;
            var page = TiffPage.Parse(input, directory, number);
            if (pages.Count == 0)
                Description = directory.Text(TiffTag.ImageDescription);
            else
                RequireAlike(pages[0], page, directory);
            // Honest pages share no bytes; a thousand pages of one block would unpack to a thousand times as much.
            foreach (var count in page.Counts)
                if ((stored -= count) < 0)
                    throw directory.Invalid("the pages' blocks together are longer than the file; they overlap.");
            pages.Add(page);
        }
        return pages.Count > 0 ? pages : throw input.Invalid("it has no pages.");
    }

    private static void RequireAlike(TiffPage first, TiffPage page, TiffDirectory directory)
    {
        if ((page.Height, page.Width, page.Type) != (first.Height, first.Width, first.Type))
            throw directory.Invalid(
                $"it is {page.Type} {page.Height}×{page.Width}, the first page {first.Type} "
                    + $"{first.Height}×{first.Width}; pages of a stack must be alike."
            );
    }
}
