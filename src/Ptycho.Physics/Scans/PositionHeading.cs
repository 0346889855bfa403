using System.Text.RegularExpressions;

namespace Ptycho.Physics.Scans;

/// <summary>A heading that names the columns of x and y, and perhaps their unit.</summary>
/// <param name="Columns">Which column holds the row and which the column, from 0.</param>
/// <param name="Row">The row's name.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Unit">The unit, or null.</param>
internal sealed partial record PositionHeading(
    (int Row, int Column) Columns,
    string Row,
    string Column,
    PositionUnit? Unit
)
{
    private const int Longest = 1000;
    private const RegexOptions Named = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly Dictionary<string, PositionUnit> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["px"] = PositionUnit.Pixels,
        ["pixel"] = PositionUnit.Pixels,
        ["pixels"] = PositionUnit.Pixels,
        ["m"] = PositionUnit.Metres,
        ["mm"] = PositionUnit.Millimetres,
        ["um"] = PositionUnit.Micrometres,
        ["µm"] = PositionUnit.Micrometres,
        ["μm"] = PositionUnit.Micrometres,
        ["nm"] = PositionUnit.Nanometres,
    };

    /// <summary>Reads a line, or gives null where it does not name both axes once.</summary>
    public static PositionHeading? Find(string line)
    {
        // "y [um]" is one name.
        var names = Bracketed()
            .Replace(line, "_${unit}")
            .Split([',', ';', ' ', '\t', '"'], StringSplitOptions.RemoveEmptyEntries);
        var rows = Numbers(names, RowName());
        var columns = Numbers(names, ColumnName());
        if (rows is not [var row] || columns is not [var column])
            return null;
        var units = new[] { names[row], names[column] }.Select(UnitOf).ToArray();
        // One unit after the last name is that of all.
        var common = UnitOf(names[^1]);
        return new PositionHeading(
            (row, column),
            names[row],
            names[column],
            units[0] == units[1] ? units[0] ?? common : null
        );
    }

    private static int[] Numbers(string[] names, Regex name) =>
        [.. Enumerable.Range(0, names.Length).Where(i => name.IsMatch(names[i]))];

    private static PositionUnit? UnitOf(string name) =>
        name.LastIndexOf('_') is var at and >= 0 && Units.TryGetValue(name[(at + 1)..], out var unit) ? unit : null;

    [GeneratedRegex(@"\s*[\[\(]\s*(?<unit>[^\]\)\s]+)\s*[\]\)]", RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^(pos(ition)?s?[_-]?)?(y|rows?)([_-].*)?$", Named, Longest)]
    private static partial Regex RowName();

    [GeneratedRegex(@"^(pos(ition)?s?[_-]?)?(x|col(umn)?s?)([_-].*)?$", Named, Longest)]
    private static partial Regex ColumnName();
}
