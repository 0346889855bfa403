using System.Collections.Immutable;

namespace Ptycho.IO.Arrays;

/// <summary>Checks of a range along the first axis of an array in a file.</summary>
internal static class SourceRange
{
    /// <summary>The number of bytes of a range that lies within the axis.</summary>
    public static int ByteLength(ImmutableArray<long> shape, ElementType type, long first, long count, string path)
    {
        if (shape.IsEmpty)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"'{path}' is a scalar, without an axis.");
        if (first < 0 || count < 0 || first > shape[0] - count)
            throw new ArgumentOutOfRangeException(
                nameof(first),
                $"'{path}', axis 0: {count} elements from {first} are not within 0…{shape[0]}."
            );
        return ArrayShape.TryByteLength(Part(shape, count), type)
            ?? throw new InvalidDataException(
                $"'{path}': {count} of {shape[0]} are more than the {Array.MaxLength} bytes of one array; read fewer."
            );
    }

    /// <summary>The shape of a range; axes that no .NET array can have become −1.</summary>
    public static int[] Part(ImmutableArray<long> shape, long count)
    {
        var part = shape.Select(axis => axis <= int.MaxValue ? (int)axis : -1).ToArray();
        part[0] = count <= int.MaxValue ? (int)count : -1;
        return part;
    }

    public static void CheckDestination(int needed, ReadOnlySpan<byte> destination, string path)
    {
        if (needed != destination.Length)
            throw new ArgumentException(
                $"'{path}': the range has {needed} bytes, the destination {destination.Length}.",
                nameof(destination)
            );
    }
}
