using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>The reconstructions that figures show, a file each, under their fingerprint.</summary>
internal sealed class PictureStore(string folder)
{
    /// <summary>The crop that figures show.</summary>
    public const int Crop = 1;

    private const string Key = "object";

    /// <summary>Whether a cell's object is kept.</summary>
    public static bool Keeps(Cell cell) => cell.Crop == Crop;

    public bool Has(Cell cell, string fingerprint) => File.Exists(PathOf(cell, fingerprint));

    public void Write(Cell cell, string fingerprint, ComplexField found)
    {
        Directory.CreateDirectory(folder);
        NpzFile.Write(
            PathOf(cell, fingerprint),
            new Dictionary<string, NumericArray>(StringComparer.Ordinal)
            {
                [Key] = NumericArray.FromComplexField(found),
            }
        );
    }

    public ComplexField Read(Cell cell, string fingerprint) =>
        NpzFile.Read(PathOf(cell, fingerprint))[Key].ToComplexField();

    private string PathOf(Cell cell, string fingerprint) => Path.Combine(folder, $"{cell.Name}-{fingerprint}.npz");
}
