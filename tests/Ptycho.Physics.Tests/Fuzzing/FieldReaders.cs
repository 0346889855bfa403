using Ptycho.IO;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Files;
using Ptycho.Physics.Files.Products;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Tests.Fuzzing;

/// <summary>The readers of HDF5 files by name; each reads a file whole and throws only what it documents.</summary>
internal static class FieldReaders
{
    private static readonly ImportOptions Light8 = new()
    {
        Probe = Probe.FromField(ComplexField.Constant(8, 8, 1)),
        MaskInvalid = true,
    };

    private static readonly ImportOptions Light46 = new()
    {
        Probe = Probe.FromField(ComplexField.Constant(4, 6, 1)),
        MaskInvalid = true,
    };

    public static IReadOnlyDictionary<string, Action<string>> All { get; } =
        new Dictionary<string, Action<string>>(StringComparer.Ordinal)
        {
            ["tree"] = ReadTree,
            ["cxi"] = path => CxiFile.Read(path),
            ["ptyd"] = path => PtydFile.Read(path, Light8),
            ["nexus"] = path => NexusFile.Read(path, Light46),
            ["ptyr"] = path => PtyrFile.Read(path),
            ["ptychodus"] = path => PtychodusProductFile.Read(path),
        };

    private static void ReadTree(string path)
    {
        using var file = Hdf5File.Open(path);
        var left = 500;
        Visit(file, "", ref left);
    }

    private static void Visit(Hdf5File file, string path, ref int left)
    {
        if (left-- <= 0)
            return;
        foreach (var name in file.AttributeNames(path))
            if (name.Length > 0 && file.ReadTextAttribute(path, name) is null)
                Tolerate(() => file.ReadAttribute(path, name));
        if (file.IsText(path))
            Tolerate(() => file.ReadText(path));
        else if (file.IsDataset(path))
            Tolerate(() => file.Read(path));
        else
            foreach (var name in file.Keys(path))
                // Names that a path cannot hold are listed but not opened.
                if (
                    !name.Contains('/', StringComparison.Ordinal)
                    && !name.Contains('\0', StringComparison.Ordinal)
                    && file.Exists($"{path}/{name}")
                )
                    Visit(file, $"{path}/{name}", ref left);
    }

    // One damaged dataset must not keep the others from being tried.
    private static void Tolerate(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException)
        {
            // Refused, which is one of the two right answers.
        }
    }
}
