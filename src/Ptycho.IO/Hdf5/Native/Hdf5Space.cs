using System.Collections.Immutable;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>Shapes and selections as HDF5 dataspaces.</summary>
internal static unsafe class Hdf5Space
{
    /// <summary>The shape of a space; a scalar has none, an empty (null) space is one axis of length 0.</summary>
    public static ImmutableArray<long> Shape(long space, Hdf5Context context, string path)
    {
        if (Hdf5Native.H5Sget_simple_extent_type(space) == Hdf5Constants.NullSpace)
            return [0];
        var rank = (int)context.Check(Hdf5Native.H5Sget_simple_extent_ndims(space), path, "tell its shape");
        if (rank > Hdf5Constants.LargestRank)
            throw context.Invalid(path, $"has {rank} axes; at most {Hdf5Constants.LargestRank} are possible.");
        var dimensions = stackalloc ulong[Hdf5Constants.LargestRank];
        context.Check(Hdf5Native.H5Sget_simple_extent_dims(space, dimensions, null), path, "tell its shape");
        var shape = ImmutableArray.CreateBuilder<long>(rank);
        for (var axis = 0; axis < rank; axis++)
        {
            if (dimensions[axis] > long.MaxValue)
                throw context.Invalid(path, $"axis {axis} has the impossible length {dimensions[axis]}.");
            shape.Add((long)dimensions[axis]);
        }
        return shape.ToImmutable();
    }

    public static Hdf5Handle Create(ReadOnlySpan<long> shape, Hdf5Context context, string path)
    {
        if (shape.IsEmpty)
            return context.Own(Hdf5Native.H5Screate(Hdf5Constants.ScalarSpace), path, "make a dataspace");
        var dimensions = stackalloc ulong[Hdf5Constants.LargestRank];
        Copy(shape, dimensions);
        return context.Own(Hdf5Native.H5Screate_simple(shape.Length, dimensions, null), path, "make a dataspace");
    }

    /// <summary>Selects the box from start, count elements long on each axis.</summary>
    public static void Select(
        Hdf5Handle space,
        ReadOnlySpan<long> start,
        ReadOnlySpan<long> count,
        Hdf5Context context,
        string path
    )
    {
        if (start.IsEmpty)
            return;
        var first = stackalloc ulong[Hdf5Constants.LargestRank];
        var length = stackalloc ulong[Hdf5Constants.LargestRank];
        Copy(start, first);
        Copy(count, length);
        context.Check(
            Hdf5Native.H5Sselect_hyperslab(space.Id, 0, first, null, length, null),
            path,
            "select a part of its elements"
        );
    }

    public static void Copy(ReadOnlySpan<long> values, ulong* destination)
    {
        for (var i = 0; i < values.Length; i++)
            destination[i] = (ulong)values[i];
    }
}
