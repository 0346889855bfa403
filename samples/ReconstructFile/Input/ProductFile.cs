using Ptycho.IO.Hdf5;
using Ptycho.Physics.Files.Products;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>A finished reconstruction of another program: ptypy's .ptyr, or a ptychodus product in HDF5.</summary>
internal static class ProductFile
{
    /// <summary>What only a ptychodus product has.</summary>
    private const string Landmark = "probe_position_x_m";

    /// <summary>Whether a file is one, by its ending and, where that is HDF5's, by its datasets.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static bool Is(string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ptyr":
                return true;
            case ".h5" or ".hdf5":
                using (var file = Hdf5File.Open(path))
                    return file.Exists(Landmark);
            default:
                return false;
        }
    }

    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its content is wrong; what and where is named.</exception>
    public static ReconstructionProduct Read(string path) =>
        path.EndsWith(".ptyr", StringComparison.OrdinalIgnoreCase)
            ? PtyrFile.Read(path)
            : PtychodusProductFile.Read(path);
}
