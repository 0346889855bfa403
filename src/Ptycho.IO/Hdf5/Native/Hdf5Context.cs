using Ptycho.IO.Files;

namespace Ptycho.IO.Hdf5.Native;

/// <summary>A file's name for error messages, and whether failures are those of its content or of writing.</summary>
internal sealed record Hdf5Context(string File, bool Writing)
{
    /// <summary>Takes ownership of an id that a call returned.</summary>
    public Hdf5Handle Own(long id, string path, string what)
    {
        Check(id, path, what);
        return new Hdf5Handle(id);
    }

    /// <summary>Passes results through; negative ones become an exception.</summary>
    public long Check(long result, string path, string what)
    {
        if (result < 0)
            throw Failure(path, what);
        return result;
    }

    public Exception Failure(string path, string what)
    {
        var problem = $"{Place(path)}cannot {what} ({Hdf5Failure.Take()})";
        return Writing ? new IOException($"'{File}': {problem}") : DataFile.Invalid(File, problem);
    }

    public InvalidDataException Invalid(string path, string problem) =>
        DataFile.Invalid(File, $"{Place(path)}{problem}");

    private static string Place(string path) => path.Length == 0 ? "" : $"'{path}': ";
}
