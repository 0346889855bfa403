using System.Collections.Immutable;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5.Native;

namespace Ptycho.IO.Hdf5;

/// <summary>A dataset that is being written in parts. What is not written reads as 0.</summary>
public sealed class Hdf5DatasetWriter
{
    private readonly Hdf5Handle _dataset;
    private readonly Hdf5Context _context;

    internal Hdf5DatasetWriter(
        Hdf5Handle dataset,
        string path,
        ElementType type,
        ImmutableArray<long> shape,
        Hdf5Context context
    )
    {
        _dataset = dataset;
        _context = context;
        Path = path;
        ElementType = type;
        Shape = shape;
    }

    /// <summary>Where it lies in the file.</summary>
    public string Path { get; }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>The length of each axis.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Writes a box of elements.</summary>
    /// <param name="start">The first index on each axis.</param>
    /// <param name="values">The elements, of the dataset's type and number of axes; their shape is the box's.</param>
    /// <exception cref="ArgumentException">The type differs, or the box leaves the dataset.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public unsafe void Write(ReadOnlySpan<long> start, NumericArray values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Check(start, values);
        if (values.Length == 0)
            return;
        var count = values.Shape.Select(axis => (long)axis).ToArray();
        using var scope = Hdf5Scope.Enter();
        using var type = Hdf5TypeMap.ForWriting(ElementType, _context, Path);
        using var memory = Hdf5Space.Create(count, _context, Path);
        using var file = _context.Own(Hdf5Native.H5Dget_space(_dataset.Id), Path, "tell its shape");
        Hdf5Space.Select(file, start, count, _context, Path);
        fixed (byte* buffer = values.Bytes)
            _context.Check(
                Hdf5Native.H5Dwrite(_dataset.Id, type.Id, memory.Id, file.Id, Hdf5Constants.Default, buffer),
                Path,
                "be written"
            );
    }

    /// <summary>Sets an attribute.</summary>
    /// <exception cref="IOException">The disk refused, or there is such an attribute already.</exception>
    public void SetAttribute(string name, NumericArray value) =>
        Hdf5AttributeWriter.Write(_dataset, name, value, _context, Path);

    /// <summary>Sets an attribute to a text.</summary>
    /// <inheritdoc cref="SetAttribute(string, NumericArray)" path="/exception"/>
    public void SetAttribute(string name, string value) =>
        Hdf5AttributeWriter.Write(_dataset, name, value, _context, Path);

    private void Check(ReadOnlySpan<long> start, NumericArray values)
    {
        if (values.ElementType != ElementType)
            throw new ArgumentException($"'{Path}' holds {ElementType}, not {values.ElementType}.", nameof(values));
        if (start.Length != Shape.Length || values.Shape.Length != Shape.Length)
            throw new ArgumentException(
                $"'{Path}' has {Shape.Length} axes; {start.Length} starts and values {values} do not fit.",
                nameof(values)
            );
        for (var axis = 0; axis < start.Length; axis++)
            if (start[axis] < 0 || start[axis] > Shape[axis] - values.Shape[axis])
                throw new ArgumentException(
                    $"'{Path}', axis {axis}: {values.Shape[axis]} elements from {start[axis]} leave 0…{Shape[axis]}.",
                    nameof(start)
                );
    }
}
