namespace Ptycho.IO.Tiff;

/// <summary>How a TIFF is written. By default: not compressed, little endian, a plain TIFF of at most 4 GiB.</summary>
public sealed record TiffOptions
{
    /// <summary>How the samples are packed.</summary>
    public TiffCompression Compression
    {
        get;
        init =>
            field = Enum.IsDefined(value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "Compression must be None or Deflate.");
    }

    /// <summary>BigTIFF, which has no limit of 4 GiB; some older programs do not read it.</summary>
    public bool Big { get; init; }

    /// <summary>A text for the first page (ImageDescription), ASCII without NUL, or null.</summary>
    public string? Description
    {
        get;
        init =>
            field =
                value is null || value.All(c => c is > '\0' and <= '\x7f')
                    ? value
                    : throw new ArgumentException("Description: TIFF texts are ASCII without NUL.", nameof(value));
    }
}
