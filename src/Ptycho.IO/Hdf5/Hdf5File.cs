using Ptycho.IO.Arrays;
using Ptycho.IO.Files;
using Ptycho.IO.Hdf5.Native;

namespace Ptycho.IO.Hdf5;

/// <summary>
/// An HDF5 file that is open for reading, over the machine's libhdf5 (1.10 or later). Paths are those of HDF5, such as
/// "entry_1/data_1/data"; a slash in front makes no difference, and soft and external links are followed. Calls into
/// libhdf5 take turns in the process, so that any thread may read.
/// </summary>
public sealed class Hdf5File : IDisposable
{
    private readonly Hdf5Handle _file;
    private readonly Hdf5Context _context;

    private Hdf5File(Hdf5Handle file, Hdf5Context context)
    {
        _file = file;
        _context = context;
    }

    /// <summary>Whether this machine has a libhdf5 that can be used.</summary>
    public static bool IsAvailable => Hdf5Library.Problem is null;

    /// <summary>What is missing and how to install it, or null where HDF5 files can be read.</summary>
    public static string? WhyUnavailable => Hdf5Library.Problem;

    /// <summary>The version of libhdf5, or null where there is none.</summary>
    public static Version? LibraryVersion => Hdf5Library.Version;

    /// <summary>The path that was opened.</summary>
    public string FilePath => _context.File;

    /// <summary>Opens a file for reading; dispose of it to close it.</summary>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="InvalidDataException">The file is no HDF5 file, or truncated.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static Hdf5File Open(string path)
    {
        // .NET's own errors are better for a file that is missing or not readable.
        DataFile.Open(path).Dispose();
        var context = new Hdf5Context(path, Writing: false);
        using var scope = Hdf5Scope.Enter();
        using var access = context.Own(
            Hdf5Native.H5Pcreate(Hdf5Library.Id("H5P_CLS_FILE_ACCESS_ID_g")),
            "",
            "prepare for opening"
        );
        Hdf5Native.H5Pset_fclose_degree(access.Id, Hdf5Constants.CloseStrong);
        var id = Hdf5Native.H5Fopen(Path.GetFullPath(path), Hdf5Constants.ReadOnly, access.Id);
        return new Hdf5File(context.Own(id, "", "be opened as an HDF5 file"), context);
    }

    /// <summary>Writes a file, whole or not at all; the same content in the same order gives the same bytes.</summary>
    /// <param name="path">The destination, replaced if it exists.</param>
    /// <param name="write">Puts the content into the root group, which is open until it returns.</param>
    /// <exception cref="DllNotFoundException">libhdf5 is not on this machine; the message says what to install.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Hdf5GroupWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Hdf5Library.Require();
        AtomicFile.WriteNamed(path, temporary => Hdf5GroupWriter.WriteFile(temporary, path, write));
    }

    /// <summary>Whether a group or dataset of this path is there; links that lead nowhere don't count.</summary>
    public bool Exists(string path)
    {
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        return Hdf5Names.Exists(_file.Id, path);
    }

    /// <summary>Whether there is a dataset of this path.</summary>
    public bool IsDataset(string path)
    {
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        if (!Hdf5Names.Exists(_file.Id, path))
            return false;
        using var item = OpenObject(path);
        return Hdf5Native.H5Iget_type(item.Id) == Hdf5Constants.DatasetId;
    }

    /// <summary>The names in a group, in alphabetical order; "" is the root.</summary>
    /// <exception cref="InvalidDataException">There is no such group.</exception>
    public IReadOnlyList<string> Keys(string path = "")
    {
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        using var group = OpenObject(path);
        if (Hdf5Native.H5Iget_type(group.Id) != Hdf5Constants.GroupId)
            throw _context.Invalid(path, "is no group.");
        return Hdf5Names.Links(group.Id, _context, path);
    }

    /// <summary>Opens a dataset of numbers for reading in parts.</summary>
    /// <exception cref="InvalidDataException">There is no such dataset, or it doesn't hold numbers.</exception>
    public Hdf5Dataset OpenDataset(string path)
    {
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        RequireDataset(path);
        return Hdf5Dataset.Open(_file, path, _context);
    }

    /// <summary>Reads a whole dataset of numbers.</summary>
    /// <exception cref="InvalidDataException">There is no such dataset, it doesn't hold numbers, or it is damaged.</exception>
    public NumericArray Read(string path)
    {
        using var dataset = OpenDataset(path);
        return dataset.Read();
    }

    /// <summary>Whether there is a dataset of this path that holds text.</summary>
    public bool IsText(string path)
    {
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        if (!IsDataset(path))
            return false;
        using var dataset = OpenObject(path);
        using var type = _context.Own(Hdf5Native.H5Dget_type(dataset.Id), path, "tell its type");
        return Hdf5Native.H5Tget_class(type.Id) == Hdf5Constants.StringClass;
    }

    /// <summary>Reads a dataset that holds one text.</summary>
    /// <exception cref="InvalidDataException">There is no such dataset, or it is no single text.</exception>
    public unsafe string ReadText(string path)
    {
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        RequireDataset(path);
        using var dataset = OpenObject(path);
        using var type = _context.Own(Hdf5Native.H5Dget_type(dataset.Id), path, "tell its type");
        if (Hdf5Native.H5Tget_class(type.Id) != Hdf5Constants.StringClass)
            throw _context.Invalid(path, "is no text.");
        using var space = _context.Own(Hdf5Native.H5Dget_space(dataset.Id), path, "tell its shape");
        Hdf5Extent.RequireWhole(dataset, type.Id, Hdf5Space.Shape(space.Id, _context, path).AsSpan(), _context, path);
        var id = dataset.Id;
        var texts = Hdf5Text.Read(
            id,
            type.Id,
            space.Id,
            (memory, to) => Hdf5Native.H5Dread(id, memory, 0, 0, Hdf5Constants.Default, to),
            _context,
            path
        );
        return texts.Length == 1 ? texts[0] : throw _context.Invalid(path, $"holds {texts.Length} texts, not one.");
    }

    /// <summary>The names of the attributes of a group or dataset, in alphabetical order.</summary>
    /// <exception cref="InvalidDataException">There is no such object.</exception>
    public IReadOnlyList<string> AttributeNames(string path)
    {
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        using var owner = OpenObject(path);
        return Hdf5Names.Attributes(owner.Id);
    }

    /// <summary>An attribute's numbers, or null where the object has none of this name.</summary>
    /// <exception cref="InvalidDataException">There is no such object, or the attribute is no number.</exception>
    public NumericArray? ReadAttribute(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        using var owner = OpenObject(path);
        return Hdf5AttributeReader.ReadNumbers(owner.Id, name, _context, path);
    }

    /// <summary>An attribute's text, or null where the object has none of this name or it is no single text.</summary>
    /// <exception cref="InvalidDataException">There is no such object.</exception>
    public string? ReadTextAttribute(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        path = Hdf5Names.Normalise(path);
        using var scope = Hdf5Scope.Enter();
        using var owner = OpenObject(path);
        return Hdf5AttributeReader.ReadText(owner.Id, name, _context, path);
    }

    /// <summary>Closes the file and all its datasets.</summary>
    public void Dispose() => _file.Dispose();

    private Hdf5Handle OpenObject(string path)
    {
        if (!Hdf5Names.Exists(_file.Id, path))
            throw Missing(path);
        var id = Hdf5Native.H5Oopen(_file.Id, path.Length == 0 ? "/" : path, Hdf5Constants.Default);
        return _context.Own(id, path, "be opened");
    }

    private void RequireDataset(string path)
    {
        using var item = OpenObject(path);
        if (Hdf5Native.H5Iget_type(item.Id) != Hdf5Constants.DatasetId)
            throw _context.Invalid(path, "is no dataset.");
    }

    private InvalidDataException Missing(string path)
    {
        var parent = path;
        do parent = parent.LastIndexOf('/') is > 0 and var end ? parent[..end] : "";
        while (!Hdf5Names.Exists(_file.Id, parent));
        using var group = OpenObject(parent);
        if (Hdf5Native.H5Iget_type(group.Id) != Hdf5Constants.GroupId)
            return _context.Invalid(path, $"is not there: '{parent}' is no group.");
        var names = Hdf5Names.Links(group.Id, _context, parent);
        var some = string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", …" : "");
        return _context.Invalid(path, $"is not there, or a link leads nowhere; '/{parent}' has: {some}.");
    }
}
