using System.Globalization;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;
using Ptycho.Physics.Scans;

namespace Ptycho.Samples.ReconstructFile.Input;

/// <summary>
/// Positions from a file of their own: two columns of text (row and column, split by commas, semicolons or blanks; lines that
/// begin with # and a heading are passed over), npy or npz (<c>positions</c> or <c>scan</c>) of [K, 2].
/// </summary>
internal static class PositionFile
{
    private static readonly string[] Keys = ["positions", "scan"];
    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    /// <summary>(row, column) or (y, x), as the file has them.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no positions; key, shape or line is named.</exception>
    public static ScanPosition[] Read(string path)
    {
        var numbers = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => Pairs(NpyFile.Read(path), path),
            ".npz" => Pairs(FromArchive(path), path),
            ".csv" or ".txt" or ".tsv" or ".dat" => Lines(path),
            var other => throw new ArgumentException(
                $"'{path}': positions in files that end in '{other}' are not read, only .csv, .txt, .npy, .npz, .ptyr and "
                    + "ptychodus products (.h5)."
            ),
        };
        return [.. numbers.Chunk(2).Select(pair => new ScanPosition(pair[0], pair[1]))];
    }

    private static double[] Pairs(NumericArray array, string path) =>
        array.Shape is [_, 2]
            ? array.ToDouble()
            : throw new InvalidDataException($"'{path}': positions are [K, 2], (row, column), not {array}.");

    private static NumericArray FromArchive(string path)
    {
        var keys = NpzFile.ReadKeys(path);
        var key =
            Keys.FirstOrDefault(name => keys.Contains(name, StringComparer.Ordinal))
            ?? throw new InvalidDataException(
                $"'{path}' has neither 'positions' nor 'scan', only: {string.Join(", ", keys)}."
            );
        return NpzFile.Read(path, [key])[key];
    }

    private static double[] Lines(string path)
    {
        var numbers = new List<double>();
        var line = 0;
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text) || text.TrimStart().StartsWith('#'))
                continue;
            var parts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            var pair = parts.Select(Number).ToArray();
            if (numbers.Count == 0 && pair.All(value => value is null))
                continue;
            if (pair is not [{ } row, { } column])
                throw new InvalidDataException(
                    $"'{path}', line {line}: two numbers are expected, a row and a column, not '{text.Trim()}'."
                );
            numbers.Add(row);
            numbers.Add(column);
        }
        return numbers.Count > 0
            ? [.. numbers]
            : throw new InvalidDataException($"'{path}' has no line of two numbers, a row and a column.");
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
