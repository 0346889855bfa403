using Ptycho.IO.Files;

namespace Ptycho.IO.Arrays;

/// <summary>Reads the elements of an array whose size is known to be plausible.</summary>
internal static class ArrayReader
{
    /// <summary>Reads little-endian elements in C order.</summary>
    /// <exception cref="InvalidDataException">The stream ends early, or a bool is neither 0 nor 1.</exception>
    public static NumericArray Read(Stream stream, ElementType type, ReadOnlySpan<int> shape, string file, string part)
    {
        var bytes = new byte[ArrayShape.ByteLength(shape, type, nameof(shape))];
        DataFile.ReadExactly(stream, bytes, file, part);
        CheckBools(type, bytes, file, part);
        return NumericArray.Wrap(type, shape, bytes);
    }

    public static void CheckBools(ElementType type, ReadOnlySpan<byte> bytes, string file, string part)
    {
        if (type != ElementType.Bool)
            return;
        var index = bytes.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (index >= 0)
            DataFile.ThrowInvalid(file, $"element {index} of {part} is {bytes[index]}, which is no bool.");
    }
}
