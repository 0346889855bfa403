using System.Collections.Immutable;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5.Native;

namespace Ptycho.IO.Hdf5;

/// <summary>
/// A dataset of numbers that is open for reading, whole or in boxes, so that one larger than memory can be read frame
/// by frame. Chunked and compressed data are unpacked by libhdf5.
/// </summary>
public sealed class Hdf5Dataset : IArraySource
{
    private const nuint LargestChunkCache = 64 << 20;

    private readonly Hdf5Handle _dataset;
    private readonly Hdf5Handle _memoryType;
    private readonly Hdf5Context _context;
    private readonly long _stored;

    private Hdf5Dataset(
        Hdf5Handle dataset,
        Hdf5Handle memoryType,
        ElementType type,
        ImmutableArray<long> shape,
        long stored,
        string path,
        Hdf5Context context
    )
    {
        _dataset = dataset;
        _memoryType = memoryType;
        _context = context;
        _stored = stored;
        ElementType = type;
        Shape = shape;
        Path = path;
    }

    /// <summary>Where it lies in the file.</summary>
    public string Path { get; }

    /// <summary>
    /// What the elements become: integers of odd widths the next wider type, floats of more than 64 bits float64.
    /// </summary>
    public ElementType ElementType { get; }

    /// <summary>The length of each axis, slowest first; none for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Reads everything.</summary>
    /// <exception cref="InvalidDataException">The data are damaged, or too large for one array.</exception>
    public NumericArray Read() => Read(new long[Shape.Length], Shape.AsSpan());

    /// <summary>Reads a range of the first axis, such as frames, and all of the others.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the axis, or the dataset is a scalar.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, or too large for one array.</exception>
    public NumericArray ReadRange(long first, long count)
    {
        if (Shape.IsEmpty)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"'{Path}' is a scalar, without an axis.");
        var start = new long[Shape.Length];
        var counts = Shape.ToArray();
        (start[0], counts[0]) = (first, count);
        return Read(start, counts);
    }

    /// <summary>
    /// Refuses where the file announces far more than it stores: call it before memory is allocated for so many
    /// elements. Up to 16 MiB may be made of nothing, and more if deflate could have packed it.
    /// </summary>
    /// <param name="elements">How many elements are about to be read.</param>
    /// <exception cref="InvalidDataException">They cannot come from what is stored.</exception>
    public void RequireStored(long elements)
    {
        var bytes = (Int128)elements * ElementTypes.SizeOf(ElementType);
        Hdf5Extent.RequirePlausible((long)Int128.Min(bytes, long.MaxValue), _stored, _context, Path);
    }

    /// <inheritdoc/>
    public void ReadRangeInto(long first, long count, Span<byte> destination)
    {
        if (Shape.IsEmpty)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"'{Path}' is a scalar, without an axis.");
        var start = new long[Shape.Length];
        var counts = Shape.ToArray();
        (start[0], counts[0]) = (first, count);
        ReadInto(start, counts, destination);
    }

    /// <summary>Reads a box of elements.</summary>
    /// <param name="start">The first index on each axis.</param>
    /// <param name="count">How many on each axis, which is the result's shape.</param>
    /// <exception cref="ArgumentOutOfRangeException">The box leaves the shape.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, or too large for one array.</exception>
    public NumericArray Read(ReadOnlySpan<long> start, ReadOnlySpan<long> count)
    {
        CheckBox(start, count);
        var shape = Hdf5Extent.Checked(count, ElementType, _context, Path);
        var length = ArrayShape.ByteLength(shape, ElementType, nameof(count));
        Hdf5Extent.RequirePlausible(length, _stored, _context, Path);
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        ReadBytes(start, count, bytes);
        return NumericArray.Wrap(ElementType, shape, bytes);
    }

    /// <summary>Reads a box of elements as little-endian bytes in C order, without allocating.</summary>
    /// <param name="start">The first index on each axis.</param>
    /// <param name="count">How many on each axis.</param>
    /// <param name="destination">Exactly as many bytes as the box has.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <inheritdoc cref="Read(ReadOnlySpan{long}, ReadOnlySpan{long})" path="/exception"/>
    public void ReadInto(ReadOnlySpan<long> start, ReadOnlySpan<long> count, Span<byte> destination)
    {
        CheckBox(start, count);
        var shape = Hdf5Extent.Checked(count, ElementType, _context, Path);
        var length = ArrayShape.ByteLength(shape, ElementType, nameof(count));
        if (destination.Length != length)
            throw new ArgumentException(
                $"The box {Hdf5Extent.Describe(count)} of {ElementType} has {length} bytes, not {destination.Length}.",
                nameof(destination)
            );
        ReadBytes(start, count, destination);
    }

    /// <summary>Closes the dataset; the file stays open.</summary>
    public void Dispose()
    {
        _memoryType.Dispose();
        _dataset.Dispose();
    }

    internal static Hdf5Dataset Open(Hdf5Handle file, string path, Hdf5Context context)
    {
        var dataset = OpenWithCache(file, path, context);
        try
        {
            using var fileType = context.Own(Hdf5Native.H5Dget_type(dataset.Id), path, "tell its type");
            using var space = context.Own(Hdf5Native.H5Dget_space(dataset.Id), path, "tell its shape");
            var shape = Hdf5Space.Shape(space.Id, context, path);
            var stored = Stored(dataset, path, context);
            Hdf5Extent.RequireWhole(dataset, fileType.Id, shape.AsSpan(), context, path);
            var (type, memory) = Hdf5TypeMap.ForReading(fileType.Id, context, path);
            return new Hdf5Dataset(dataset, memory, type, shape, stored, path, context);
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    // A chunk that doesn't fit the cache (1 MiB unless told) would be unpacked again for every frame in it.
    private static unsafe Hdf5Handle OpenWithCache(Hdf5Handle file, string path, Hdf5Context context)
    {
        var dataset = context.Own(Hdf5Native.H5Dopen2(file.Id, path, Hdf5Constants.Default), path, "be opened");
        try
        {
            using var list = context.Own(Hdf5Native.H5Dget_create_plist(dataset.Id), path, "tell its layout");
            if (Hdf5Native.H5Pget_external_count(list.Id) > 0)
                throw context.Invalid(path, "its data lie in other raw files, which are not read.");
            if (Hdf5Native.H5Pget_layout(list.Id) != Hdf5Constants.ChunkedLayout)
                return dataset;
            var dimensions = stackalloc ulong[Hdf5Constants.LargestRank];
            var rank = Hdf5Native.H5Pget_chunk(list.Id, Hdf5Constants.LargestRank, dimensions);
            context.Check(rank, path, "tell its layout");
            using var type = context.Own(Hdf5Native.H5Dget_type(dataset.Id), path, "tell its type");
            var bytes = (double)Hdf5Native.H5Tget_size(type.Id);
            for (var axis = 0; axis < rank; axis++)
                bytes *= dimensions[axis];
            Hdf5Extent.RequirePlausible((long)bytes, Hdf5Extent.FileSize(dataset.Id), context, $"{path}, one chunk");
            if (bytes <= 1 << 20)
                return dataset;
            using var access = context.Own(
                Hdf5Native.H5Pcreate(Hdf5Library.Id("H5P_CLS_DATASET_ACCESS_ID_g")),
                path,
                "be opened"
            );
            var cache = (nuint)Math.Min(bytes, LargestChunkCache);
            context.Check(Hdf5Native.H5Pset_chunk_cache(access.Id, 521, cache, 0.75), path, "be opened");
            var reopened = context.Own(Hdf5Native.H5Dopen2(file.Id, path, access.Id), path, "be opened");
            dataset.Dispose();
            return reopened;
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    private static long Stored(Hdf5Handle dataset, string path, Hdf5Context context)
    {
        using var list = context.Own(Hdf5Native.H5Dget_create_plist(dataset.Id), path, "tell its layout");
        // A virtual dataset stores nothing itself; its sources may lie in other files.
        if (Hdf5Native.H5Pget_layout(list.Id) == Hdf5Constants.VirtualLayout)
            return long.MaxValue;
        var stored = Hdf5Native.H5Dget_storage_size(dataset.Id);
        return (long)Math.Min(stored, (ulong)Hdf5Extent.FileSize(dataset.Id));
    }

    private unsafe void ReadBytes(ReadOnlySpan<long> start, ReadOnlySpan<long> count, Span<byte> destination)
    {
        if (destination.IsEmpty)
            return;
        using (var scope = Hdf5Scope.Enter())
        {
            using var memory = Hdf5Space.Create(count, _context, Path);
            using var file = _context.Own(Hdf5Native.H5Dget_space(_dataset.Id), Path, "tell its shape");
            Hdf5Space.Select(file, start, count, _context, Path);
            fixed (byte* buffer = destination)
            {
                var result = Hdf5Native.H5Dread(
                    _dataset.Id,
                    _memoryType.Id,
                    memory.Id,
                    file.Id,
                    Hdf5Constants.Default,
                    buffer
                );
                _context.Check(result, Path, "be read");
            }
        }
        ArrayReader.CheckBools(ElementType, destination, _context.File, $"'{Path}'");
    }

    private void CheckBox(ReadOnlySpan<long> start, ReadOnlySpan<long> count)
    {
        if (start.Length != Shape.Length || count.Length != Shape.Length)
            throw new ArgumentOutOfRangeException(
                nameof(start),
                $"'{Path}' has {Shape.Length} axes, but {start.Length} starts and {count.Length} counts are given."
            );
        for (var axis = 0; axis < start.Length; axis++)
            if (start[axis] < 0 || count[axis] < 0 || start[axis] > Shape[axis] - count[axis])
                throw new ArgumentOutOfRangeException(
                    nameof(start),
                    $"'{Path}', axis {axis}: {count[axis]} elements from {start[axis]} are not within 0…{Shape[axis]}."
                );
    }
}
