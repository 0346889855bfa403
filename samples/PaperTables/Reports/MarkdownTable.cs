using System.Text;

namespace Ptycho.Samples.PaperTables.Reports;

/// <summary>A table in Markdown.</summary>
internal sealed class MarkdownTable(params IEnumerable<string> columns)
{
    /// <summary>What stands in a cell without a number.</summary>
    public const string None = "–";

    private readonly string[] _columns = [.. columns];
    private readonly List<string[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public MarkdownTable Add(params IEnumerable<string> cells)
    {
        string[] row = [.. cells];
        if (row.Length != _columns.Length)
            throw new ArgumentException($"A row of {row.Length} cells in a table of {_columns.Length}.", nameof(cells));
        _rows.Add(row);
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, _columns);
        Append(text, _columns.Select(_ => "---"));
        foreach (var row in _rows)
            Append(text, row);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
