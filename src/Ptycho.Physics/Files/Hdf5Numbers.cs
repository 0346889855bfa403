using Ptycho.IO.Hdf5;

namespace Ptycho.Physics.Files;

/// <summary>Single numbers in HDF5 files, which some programs store as arrays of one.</summary>
internal static class Hdf5Numbers
{
    /// <summary>
    /// All numbers of a dataset, or null where it is missing, empty, a text, or ptypy's None: a 0 whose attribute
    /// <c>type</c> is "None".
    /// </summary>
    public static double[]? Find(Hdf5File file, string path)
    {
        if (!file.IsDataset(path) || file.IsText(path))
            return null;
        if (string.Equals(file.ReadTextAttribute(path, "type"), "None", StringComparison.Ordinal))
            return null;
        var values = file.Read(path).ToDouble();
        return values.Length == 0 ? null : values;
    }

    /// <summary>The first number of a dataset that must be there.</summary>
    public static double Require(Hdf5File file, string path) =>
        Find(file, path)?[0]
        ?? throw new InvalidDataException(
            $"'{path}' is missing; give it by {nameof(ImportOptions)}.{nameof(ImportOptions.Geometry)}."
        );
}
