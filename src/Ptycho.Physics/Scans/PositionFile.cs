using System.Globalization;
using Ptycho.IO.Arrays;
using Ptycho.IO.Numpy;

namespace Ptycho.Physics.Scans;

/// <summary>
/// Positions from a file of their own: text with a line for each frame (numbers split by commas, semicolons or blanks; what
/// follows # is a comment), npy [K, 2], or npz with <c>positions</c> or <c>scan</c> [K, 2]. Without a heading two columns are row
/// and column, (y, x). A heading, also one in a comment, may name them: x, y, row, column, with or without a unit as in
/// <c>x_um</c>, <c>y [mm]</c>.
/// </summary>
public static class PositionFile
{
    private static readonly string[] Keys = ["positions", "scan"];
    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    /// <summary>Reads positions.</summary>
    /// <param name="path">The file: .csv, .txt, .tsv, .dat, .npy or .npz.</param>
    /// <param name="columns">
    /// Which columns hold the row (y) and the column (x), from 0; null: as the heading says, else the only two.
    /// </param>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no positions; key, shape or line is named.</exception>
    /// <exception cref="ArgumentException">Files of its kind are not read.</exception>
    public static PositionTable Read(string path, (int Row, int Column)? columns = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (columns is { } asked && (asked.Row < 0 || asked.Column < 0 || asked.Row == asked.Column))
            throw new ArgumentException(
                $"Two different columns, from 0, hold row and column, not {asked.Row} and {asked.Column}.",
                nameof(columns)
            );
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => FromArray(NpyFile.Read(path), path, columns),
            ".npz" => FromArray(FromArchive(path), path, columns),
            ".csv" or ".txt" or ".tsv" or ".dat" => Text(path, columns),
            var other => throw new ArgumentException(
                $"'{path}': positions in files that end in '{other}' are not read, only .csv, .txt, .tsv, .dat, .npy and .npz.",
                nameof(path)
            ),
        };
    }

    private static PositionTable FromArray(NumericArray array, string path, (int Row, int Column)? columns)
    {
        var (row, column) = columns ?? (0, 1);
        if (array.Shape.Length != 2 || (columns is null && array.Shape[1] != 2))
            throw new InvalidDataException(
                $"'{path}': positions are [K, 2], (row, column), not {array}."
                    + (array.Shape is [2, > 2] ? " Transpose them." : "")
            );
        if (Math.Max(row, column) >= array.Shape[1])
            throw new InvalidDataException(
                $"'{path}' has {array.Shape[1]} columns, none of number {Math.Max(row, column)}."
            );
        return new PositionTable(
            [.. array.ToDouble().Chunk(array.Shape[1]).Select(line => new ScanPosition(line[row], line[column]))],
            null,
            []
        );
    }

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

    private static PositionTable Text(string path, (int Row, int Column)? columns)
    {
        var positions = new List<ScanPosition>();
        var (heading, taken, line) = ((PositionHeading?)null, columns, 0);
        foreach (var text in File.ReadLines(path))
        {
            line++;
            var comment = text.IndexOf('#', StringComparison.Ordinal);
            var content = comment < 0 ? text : text[..comment];
            var parts = content.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (positions.Count == 0 && (parts.Length == 0 || parts.All(part => Number(part) is null)))
            {
                heading =
                    PositionHeading.Find(parts.Length == 0 ? text.TrimStart().TrimStart('#') : content) ?? heading;
                continue;
            }
            if (parts.Length == 0)
                continue;
            var (row, column) = taken ??= heading?.Columns ?? Only(path, line, parts);
            if (
                Math.Max(row, column) >= parts.Length
                || Number(parts[row]) is not { } y
                || Number(parts[column]) is not { } x
            )
                throw new InvalidDataException(
                    $"'{path}', line {line}: numbers are expected in columns {row} (row) and {column} (column), from 0, not "
                        + $"'{text.Trim()}'."
                );
            positions.Add(new ScanPosition(y, x));
        }
        if (positions.Count == 0)
            throw new InvalidDataException($"'{path}' has no line of two numbers, a row and a column.");
        List<string> notes = [];
        if (columns is null && heading is not null)
            notes.Add(
                $"As the heading of '{Path.GetFileName(path)}' says, '{heading.Row}' was taken as the row and "
                    + $"'{heading.Column}' as the column."
            );
        return new PositionTable(positions, heading?.Unit, notes);
    }

    private static (int Row, int Column) Only(string path, int line, string[] parts) =>
        parts.Length == 2
            ? (0, 1)
            : throw new InvalidDataException(
                $"'{path}', line {line}: two numbers are expected, a row and a column, not '{string.Join(' ', parts)}'. Where there "
                    + "are more, a heading must name x and y, or the columns must be given."
            );

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
