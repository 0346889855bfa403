using System.Collections.Immutable;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files;

/// <summary>A raster of frames [slow, fast, h, w] as a plain stack [slow·fast, h, w]. Owns the dataset.</summary>
internal sealed class RasterFrames(Hdf5Dataset raster) : IArraySource
{
    public Hdf5Dataset Dataset => raster;

    public string Path => raster.Path;

    public ElementType ElementType => raster.ElementType;

    public ImmutableArray<long> Shape { get; } =
    [checked(raster.Shape[0] * raster.Shape[1]), raster.Shape[2], raster.Shape[3]];

    public NumericArray ReadRange(long first, long count)
    {
        var frame = Shape[1] * Shape[2] * ElementTypes.SizeOf(ElementType);
        if (count < 0 || count * frame > Array.MaxLength)
            throw new InvalidDataException($"'{Path}': {count} frames do not fit one array; read fewer.");
        var bytes = new byte[count * frame];
        ReadRangeInto(first, count, bytes);
        return NumericArray.FromBytes(ElementType, bytes, (int)count, (int)Shape[1], (int)Shape[2]);
    }

    public void ReadRangeInto(long first, long count, Span<byte> destination)
    {
        if (first < 0 || count < 0 || first > Shape[0] - count)
            throw new ArgumentOutOfRangeException(
                nameof(first),
                $"'{Path}': {count} frames from {first} are not there."
            );
        var fast = raster.Shape[1];
        var frame = (int)(Shape[1] * Shape[2]) * ElementTypes.SizeOf(ElementType);
        for (var at = first; at < first + count; )
        {
            var part = Math.Min(fast - at % fast, first + count - at);
            var target = destination.Slice((int)(at - first) * frame, (int)part * frame);
            raster.ReadInto([at / fast, at % fast, 0, 0], [1, part, Shape[1], Shape[2]], target);
            at += part;
        }
    }

    public void Dispose() => raster.Dispose();
}
