using System.Globalization;

namespace Ptycho.IO.Arrays;

/// <summary>Sizes and texts of array shapes.</summary>
internal static class ArrayShape
{
    /// <summary>"[2, 3]"; "[]" is a scalar.</summary>
    public static string Describe(ReadOnlySpan<int> shape)
    {
        var parts = new string[shape.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        return $"[{string.Join(", ", parts)}]";
    }

    /// <summary>The number of bytes of an array, or null when an axis is negative or the bytes don't fit one .NET array.</summary>
    public static int? TryByteLength(ReadOnlySpan<int> shape, ElementType type)
    {
        // Zero anywhere makes the array empty, however large the other axes are.
        var empty = false;
        foreach (var axis in shape)
        {
            if (axis < 0)
                return null;
            empty |= axis == 0;
        }
        if (empty)
            return 0;
        long bytes = ElementTypes.SizeOf(type);
        foreach (var axis in shape)
        {
            bytes *= axis;
            if (bytes > Array.MaxLength)
                return null;
        }
        return (int)bytes;
    }

    public static int ByteLength(ReadOnlySpan<int> shape, ElementType type, string parameterName) =>
        TryByteLength(shape, type)
        ?? throw new ArgumentException(
            $"The shape {Describe(shape)} is not possible for {type}: axes must be at least 0, "
                + $"and the array must have at most {Array.MaxLength} bytes.",
            parameterName
        );
}
