using System.Text;
using System.Text.Json;
using Ptycho.Samples.PaperTables.Commands;

namespace Ptycho.Samples.PaperTables.Runs;

/// <summary>
/// Finished results in a file, one JSON line each, on the disk before the next is begun. Of several lines of one cell and
/// fingerprint the last counts. A last line that a kill cut off is dropped; anything else that is wrong is an error.
/// One process at a time; its threads may share it.
/// </summary>
internal sealed class ResultStore : IDisposable
{
    private readonly Dictionary<(Cell, string), CellResult> _results = [];
    private readonly FileStream _stream;
    private readonly Lock _lock = new();

    /// <summary>Opens a store, empty if the file does not exist; its folder must.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    /// <exception cref="InvalidDataException">A line is not a result; it is named.</exception>
    public ResultStore(string path)
    {
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            Load(path);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>All results, of every fingerprint.</summary>
    public IReadOnlyList<CellResult> All
    {
        get
        {
            lock (_lock)
                return [.. _results.Values];
        }
    }

    /// <summary>The result of a cell under a fingerprint, or null.</summary>
    public CellResult? Find(Cell cell, string fingerprint)
    {
        lock (_lock)
            return _results.GetValueOrDefault((cell, fingerprint));
    }

    /// <summary>Keeps a result; when this returns it is on the disk.</summary>
    public void Add(CellResult result)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(result, JsonOutput.Options);
        lock (_lock)
        {
            _results[(result.ToCell(), result.Fingerprint)] = result;
            _stream.Write([.. line, (byte)'\n']);
            _stream.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Load(string path)
    {
        var bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        // What follows was being written when the process died.
        _stream.SetLength(whole);
        _stream.Position = whole;
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes.AsSpan(0, whole)).Split('\n'))
        {
            number++;
            if (line.Length == 0)
                continue;
            var result = Parse(line, path, number);
            _results[(result.ToCell(), result.Fingerprint)] = result;
        }
    }

    private static CellResult Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<CellResult>(line, JsonOutput.Options)
                ?? throw new JsonException("The line is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: line {number} is not a result: {e.Message}", e);
        }
    }
}
