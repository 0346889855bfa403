namespace Ptycho.IO.Tiff;

/// <summary>How the samples of a TIFF are packed when it is written. All are read, and LZW and PackBits besides.</summary>
public enum TiffCompression
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>zlib's deflate ("Adobe deflate", 8), each row as differences of neighbours for integers.</summary>
    Deflate,
}
