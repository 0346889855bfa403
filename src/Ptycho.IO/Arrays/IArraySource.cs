using System.Collections.Immutable;

namespace Ptycho.IO.Arrays;

/// <summary>
/// An array in a file that is read in parts along its first axis, so that one larger than memory can be read frame by
/// frame: an HDF5 dataset, an npy file, the pages of a TIFF.
/// </summary>
public interface IArraySource : IDisposable
{
    /// <summary>What error messages call the array: a path in a file, or the file.</summary>
    string Path { get; }

    /// <summary>The type of the elements.</summary>
    ElementType ElementType { get; }

    /// <summary>The length of each axis, slowest first.</summary>
    ImmutableArray<long> Shape { get; }

    /// <summary>Reads a range of the first axis and all of the others.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the axis, or the array is a scalar.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, or too large for one array.</exception>
    NumericArray ReadRange(long first, long count);

    /// <summary>The same as little-endian bytes in C order, into memory that the caller owns.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="destination">Exactly as many bytes as the range has.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the axis, or the array is a scalar.</exception>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    void ReadRangeInto(long first, long count, Span<byte> destination);
}
