namespace Ptycho.IO.Matlab;

/// <summary>The head of an element: its type, its bytes without padding, and whether those stand inside the tag.</summary>
internal readonly record struct MatTag(MatDataType Type, long Length, bool IsSmall)
{
    /// <summary>Bytes up to the next tag: small data fill 4 bytes, others a multiple of 8.</summary>
    public int Padding => (int)(IsSmall ? 4 - Length : -Length & 7);
}
