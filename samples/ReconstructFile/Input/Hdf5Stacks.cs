using Ptycho.IO.Hdf5;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>What could be frames in an HDF5 file of no layout that is known.</summary>
internal static class Hdf5Stacks
{
    private const int Deepest = 6;
    private const int Most = 2000;

    /// <summary>Where pty-chi and the programs around it have frames without anything else.</summary>
    private static readonly string[] Known = ["dp", "patterns"];

    /// <summary>The dataset of a file that holds frames alone, or null where it is in CXI's layout.</summary>
    /// <exception cref="ArgumentException">It is in neither; what could be frames is named.</exception>
    public static string? Find(string path)
    {
        using var file = Hdf5File.Open(path);
        if (file.Exists("entry_1"))
            return null;
        if (Known.FirstOrDefault(name => file.IsDataset(name)) is { } known)
            return known;
        string[] stacks = [.. Names(file, "", 0).Take(Most).Where(name => IsStack(file, name)).Take(10)];
        throw new ArgumentException(
            $"'{path}' has no 'entry_1', so it is no CXI file. "
                + (
                    stacks.Length == 0
                        ? "No dataset of it has three axes."
                        : $"Name the dataset with the frames by --dataset (of three axes are: {string.Join(", ", stacks)}), and give "
                            + "--positions."
                )
        );
    }

    private static IEnumerable<string> Names(Hdf5File file, string group, int depth)
    {
        foreach (var key in file.Keys(group))
        {
            var path = group.Length == 0 ? key : $"{group}/{key}";
            // Links to files that are not here have neither.
            if (!file.Exists(path))
                continue;
            if (file.IsDataset(path))
                yield return path;
            else if (depth < Deepest)
                foreach (var inner in Names(file, path, depth + 1))
                    yield return inner;
        }
    }

    private static bool IsStack(Hdf5File file, string path)
    {
        if (file.IsText(path))
            return false;
        using var dataset = file.OpenDataset(path);
        return dataset.Shape.Length == 3;
    }
}
