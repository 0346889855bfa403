using System.Text.Json;
using Ptycho.IO.Files;
using Ptycho.Samples.PaperTables.Commands;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>Measured costs in a file, which is written anew, whole, with each.</summary>
internal sealed class CostStore
{
    private readonly string _path;
    private readonly List<CostRow> _rows;

    /// <exception cref="InvalidDataException">The file is not a list of costs.</exception>
    public CostStore(string path)
    {
        _path = path;
        try
        {
            _rows = File.Exists(path)
                ? JsonSerializer.Deserialize<List<CostRow>>(File.ReadAllText(path), JsonOutput.Options) ?? []
                : [];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a list of costs: {e.Message}", e);
        }
    }

    public IReadOnlyList<CostRow> Rows => _rows;

    public CostRow? Find(string method, int overlap, int threads, string fingerprint) =>
        _rows.Find(row =>
            row.Method == method && row.Overlap == overlap && row.Threads == threads && row.Fingerprint == fingerprint
        );

    public void Add(CostRow row)
    {
        _rows.Add(row);
        AtomicFile.WriteAllText(_path, JsonSerializer.Serialize(_rows, JsonOutput.Indented) + "\n");
    }
}
