namespace Ptycho.IO.Hdf5;

/// <summary>How a dataset is laid out in the file. By default: contiguous, not compressed.</summary>
public sealed record Hdf5StorageOptions
{
    /// <summary>
    /// The shape of a chunk, such as one frame [1, h, w], at least 1 on each axis; null means contiguous storage, or,
    /// with compression, one index of the first axis in a chunk.
    /// </summary>
    public IReadOnlyList<int>? ChunkShape
    {
        get;
        init =>
            field =
                value is null || (value.Count > 0 && value.All(axis => axis >= 1))
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(value),
                        "ChunkShape: a chunk needs at least one axis, and at least 1 element on each."
                    );
    }

    /// <summary>Level of compression, 0 (none) to 9 (smallest); above 0 the bytes are shuffled first.</summary>
    public int DeflateLevel
    {
        get;
        init =>
            field = value is >= 0 and <= 9
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(value),
                    value,
                    "DeflateLevel must be from 0 (no compression) to 9."
                );
    }
}
