using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5.Native;

namespace Ptycho.IO.Hdf5;

/// <summary>
/// A group of a file that is being written. Names may be paths; groups in between are made. Groups and datasets stay
/// open until the file is complete.
/// </summary>
public sealed class Hdf5GroupWriter
{
    private readonly Hdf5Handle _group;
    private readonly Hdf5Context _context;
    private readonly string _path;
    private readonly List<IDisposable> _open;

    private Hdf5GroupWriter(Hdf5Handle group, string path, Hdf5Context context, List<IDisposable> open)
    {
        _group = group;
        _path = path;
        _context = context;
        _open = open;
    }

    /// <summary>Makes a group.</summary>
    /// <exception cref="IOException">There is such an object already, or the disk refused.</exception>
    public Hdf5GroupWriter CreateGroup(string name)
    {
        var path = Inside(ref name);
        using var scope = Hdf5Scope.Enter();
        using var links = Links(path);
        var id = Hdf5Native.H5Gcreate2(_group.Id, name, links.Id, Hdf5Constants.Default, Hdf5Constants.Default);
        return new Hdf5GroupWriter(Keep(_context.Own(id, path, "be created")), path, _context, _open);
    }

    /// <summary>Makes a dataset that is filled in parts.</summary>
    /// <param name="name">Its name, or a path from this group.</param>
    /// <param name="type">The type of the elements; complex is written as h5py does, as a compound {r, i}.</param>
    /// <param name="shape">The length of each axis; empty for a scalar.</param>
    /// <param name="storage">Chunks and compression.</param>
    /// <exception cref="ArgumentException">The shape is negative, or chunks do not fit it.</exception>
    /// <exception cref="IOException">There is such an object already, or the disk refused.</exception>
    public Hdf5DatasetWriter CreateDataset(
        string name,
        ElementType type,
        ReadOnlySpan<long> shape,
        Hdf5StorageOptions? storage = null
    )
    {
        var path = Inside(ref name);
        if (shape.Length > Hdf5Constants.LargestRank || shape.ContainsAnyExceptInRange(0, long.MaxValue))
            throw new ArgumentException($"'{path}' cannot have the shape {Hdf5Extent.Describe(shape)}.", nameof(shape));
        using var scope = Hdf5Scope.Enter();
        using var links = Links(path);
        using var layout = Layout(path, shape, storage ?? new Hdf5StorageOptions());
        using var fileType = Hdf5TypeMap.ForWriting(type, _context, path);
        using var space = Hdf5Space.Create(shape, _context, path);
        var id = Hdf5Native.H5Dcreate2(
            _group.Id,
            name,
            fileType.Id,
            space.Id,
            links.Id,
            layout.Id,
            Hdf5Constants.Default
        );
        var dataset = Keep(_context.Own(id, path, "be created"));
        return new Hdf5DatasetWriter(dataset, path, type, [.. shape], _context);
    }

    /// <summary>Writes a whole dataset.</summary>
    /// <inheritdoc cref="CreateDataset" path="/exception"/>
    public Hdf5DatasetWriter WriteDataset(string name, NumericArray values, Hdf5StorageOptions? storage = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var shape = values.Shape.Select(axis => (long)axis).ToArray();
        var dataset = CreateDataset(name, values.ElementType, shape, storage);
        dataset.Write(new long[shape.Length], values);
        return dataset;
    }

    /// <summary>Writes a dataset of one text.</summary>
    /// <inheritdoc cref="CreateGroup" path="/exception"/>
    public unsafe void WriteText(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var path = Inside(ref name);
        using var scope = Hdf5Scope.Enter();
        using var links = Links(path);
        using var layout = Layout(path, [], new Hdf5StorageOptions());
        using var type = Hdf5Text.VariableType(_context, path);
        using var space = Hdf5Space.Create([], _context, path);
        var created = Hdf5Native.H5Dcreate2(
            _group.Id,
            name,
            type.Id,
            space.Id,
            links.Id,
            layout.Id,
            Hdf5Constants.Default
        );
        using var dataset = _context.Own(created, path, "be created");
        var id = dataset.Id;
        Hdf5Text.Write(
            text,
            type.Id,
            (memory, from) => Hdf5Native.H5Dwrite(id, memory, 0, 0, Hdf5Constants.Default, from),
            _context,
            path
        );
    }

    /// <summary>Makes a soft link, a second name for what lies at an absolute path of the file, now or later.</summary>
    /// <inheritdoc cref="CreateGroup" path="/exception"/>
    public void CreateLink(string name, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        var path = Inside(ref name);
        using var scope = Hdf5Scope.Enter();
        using var links = Links(path);
        var made = Hdf5Native.H5Lcreate_soft(target, _group.Id, name, links.Id, Hdf5Constants.Default);
        _context.Check(made, path, "be created");
    }

    /// <summary>Sets an attribute of the group.</summary>
    /// <exception cref="IOException">There is such an attribute already, or the disk refused.</exception>
    public void SetAttribute(string name, NumericArray value) =>
        Hdf5AttributeWriter.Write(_group, name, value, _context, _path);

    /// <summary>Sets an attribute of the group to a text.</summary>
    /// <inheritdoc cref="SetAttribute(string, NumericArray)" path="/exception"/>
    public void SetAttribute(string name, string value) =>
        Hdf5AttributeWriter.Write(_group, name, value, _context, _path);

    internal static void WriteFile(string temporary, string name, Action<Hdf5GroupWriter> write)
    {
        var context = new Hdf5Context(name, Writing: true);
        var open = new List<IDisposable>();
        Hdf5Handle file;
        using (Hdf5Scope.Enter())
        {
            using var access = context.Own(
                Hdf5Native.H5Pcreate(Hdf5Library.Id("H5P_CLS_FILE_ACCESS_ID_g")),
                "",
                "prepare for writing"
            );
            Hdf5Native.H5Pset_fclose_degree(access.Id, Hdf5Constants.CloseStrong);
            var id = Hdf5Native.H5Fcreate(temporary, Hdf5Constants.Truncate, Hdf5Constants.Default, access.Id);
            file = context.Own(id, "", "be created");
        }
        try
        {
            write(new Hdf5GroupWriter(file, "", context, open));
            using var scope = Hdf5Scope.Enter();
            context.Check(Hdf5Native.H5Fflush(file.Id, Hdf5Constants.FlushGlobal), "", "be written");
        }
        finally
        {
            foreach (var item in open)
                item.Dispose();
            file.Dispose();
        }
    }

    private Hdf5Handle Keep(Hdf5Handle handle)
    {
        _open.Add(handle);
        return handle;
    }

    private string Inside(ref string name)
    {
        name = Hdf5Names.Normalise(name);
        if (name.Length == 0)
            throw new ArgumentException("The name of an HDF5 object cannot be empty.", nameof(name));
        return _path.Length == 0 ? name : $"{_path}/{name}";
    }

    private Hdf5Handle Links(string path)
    {
        var list = List("H5P_CLS_LINK_CREATE_ID_g", path);
        Hdf5Native.H5Pset_create_intermediate_group(list.Id, 1);
        Hdf5Native.H5Pset_char_encoding(list.Id, Hdf5Constants.Utf8);
        return list;
    }

    private unsafe Hdf5Handle Layout(string path, ReadOnlySpan<long> shape, Hdf5StorageOptions storage)
    {
        var list = List("H5P_CLS_DATASET_CREATE_ID_g", path);
        // The clock must not change the bytes.
        _context.Check(Hdf5Native.H5Pset_obj_track_times(list.Id, 0), path, "be laid out");
        var chunk = Chunk(path, shape, storage);
        if (chunk.Length == 0)
            return list;
        var dimensions = stackalloc ulong[Hdf5Constants.LargestRank];
        Hdf5Space.Copy(chunk, dimensions);
        _context.Check(Hdf5Native.H5Pset_chunk(list.Id, chunk.Length, dimensions), path, "be laid out in chunks");
        if (storage.DeflateLevel > 0)
        {
            _context.Check(Hdf5Native.H5Pset_shuffle(list.Id), path, "be shuffled");
            _context.Check(Hdf5Native.H5Pset_deflate(list.Id, (uint)storage.DeflateLevel), path, "be compressed");
        }
        return list;
    }

    private static long[] Chunk(string path, ReadOnlySpan<long> shape, Hdf5StorageOptions storage)
    {
        if (storage.ChunkShape is { } given)
        {
            if (given.Count != shape.Length)
                throw new ArgumentException(
                    $"'{path}' has {shape.Length} axes, its chunks {given.Count}.",
                    nameof(storage)
                );
            var chunk = new long[shape.Length];
            for (var axis = 0; axis < chunk.Length; axis++)
                chunk[axis] = Math.Max(1, Math.Min(given[axis], shape[axis]));
            return chunk;
        }
        if (storage.DeflateLevel == 0 || shape.IsEmpty || shape.Contains(0))
            return [];
        return [1, .. shape[1..]];
    }

    private Hdf5Handle List(string symbol, string path) =>
        _context.Own(Hdf5Native.H5Pcreate(Hdf5Library.Id(symbol)), path, "be created");
}
