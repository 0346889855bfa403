using System.Collections.Immutable;
using System.Text.Json;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Safetensors;

/// <summary>A header that was read and found consistent with itself and with the size of the data after it.</summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    private readonly string _file;
    private readonly List<SafetensorsEntry> _entries = [];
    private readonly OrderedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(string file) => _file = file;

    /// <summary>In the order of the data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _entries;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Parses the JSON text.</summary>
    /// <exception cref="InvalidDataException">Anything is wrong; the message names the file and the key.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string file)
    {
        var header = new SafetensorsHeader(file);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            header.ReadRoot(document.RootElement);
        }
        catch (JsonException e)
        {
            throw DataFile.Invalid(file, $"the header is not valid JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // A string with half a surrogate pair or invalid UTF-8 parses but cannot be decoded.
            throw DataFile.Invalid(file, $"the header holds a text that is not valid Unicode: {e.Message}", e);
        }
        header._entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        header.CheckContiguous(dataLength);
        return header;
    }

    private void ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw DataFile.Invalid(_file, "the header must be a JSON object.");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (!keys.Add(property.Name))
                throw Invalid(property.Name, "the key appears twice.");
            if (string.Equals(property.Name, MetadataKey, StringComparison.Ordinal))
                ReadMetadata(property.Value);
            else
                _entries.Add(ReadEntry(property.Name, property.Value));
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Invalid(MetadataKey, "must be a JSON object.");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Invalid(MetadataKey, $"the value of '{property.Name}' must be a string.");
            if (!_metadata.TryAdd(property.Name, property.Value.GetString()!))
                throw Invalid(MetadataKey, $"'{property.Name}' appears twice.");
        }
    }

    private SafetensorsEntry ReadEntry(string key, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Invalid(key, "must be a JSON object.");
        var type = ReadType(key, Member(key, element, "dtype", JsonValueKind.String));
        var shape = ReadShape(key, Member(key, element, "shape", JsonValueKind.Array));
        var (begin, end) = ReadOffsets(key, Member(key, element, "data_offsets", JsonValueKind.Array));
        var needed = ArrayShape.TryByteLength(shape.AsSpan(), type);
        if (needed is null)
            throw Invalid(key, $"an array {type} {ArrayShape.Describe(shape.AsSpan())} is too large to be read.");
        if (needed != end - begin)
            throw Invalid(
                key,
                $"{type} {ArrayShape.Describe(shape.AsSpan())} needs {needed} bytes, "
                    + $"but its data offsets {begin}…{end} span {end - begin}."
            );
        return new SafetensorsEntry(key, type, shape, begin, end);
    }

    private JsonElement Member(string key, JsonElement element, string name, JsonValueKind kind)
    {
        JsonElement? found = null;
        foreach (var property in element.EnumerateObject())
        {
            if (!property.NameEquals(name))
                continue;
            if (found is not null)
                throw Invalid(key, $"'{name}' appears twice.");
            found = property.Value;
        }
        if (found is null)
            throw Invalid(key, $"'{name}' is missing.");
        if (found.Value.ValueKind != kind)
            throw Invalid(key, $"'{name}' must be a JSON {(kind == JsonValueKind.Array ? "array" : "string")}.");
        return found.Value;
    }

    private ElementType ReadType(string key, JsonElement element) =>
        SafetensorsTypes.Parse(element.GetString())
        ?? throw Invalid(key, $"the dtype '{element.GetString()}' is not supported; convert it to F32, F16 or BF16.");

    private ImmutableArray<int> ReadShape(string key, JsonElement element)
    {
        var shape = ImmutableArray.CreateBuilder<int>();
        foreach (var axis in element.EnumerateArray())
        {
            if (axis.ValueKind != JsonValueKind.Number || !axis.TryGetInt32(out var length) || length < 0)
                throw Invalid(key, "the shape must be whole numbers from 0 to 2147483647.");
            shape.Add(length);
        }
        return shape.ToImmutable();
    }

    private (long Begin, long End) ReadOffsets(string key, JsonElement element)
    {
        if (
            element.GetArrayLength() != 2
            || element[0].ValueKind != JsonValueKind.Number
            || element[1].ValueKind != JsonValueKind.Number
            || !element[0].TryGetInt64(out var begin)
            || !element[1].TryGetInt64(out var end)
            || begin < 0
            || end < begin
        )
            throw Invalid(key, "'data_offsets' must be two whole numbers, 0 ≤ begin ≤ end.");
        return (begin, end);
    }

    // The format wants every byte of the data to belong to exactly one tensor.
    private void CheckContiguous(long dataLength)
    {
        long position = 0;
        var previous = "";
        foreach (var entry in _entries)
        {
            if (entry.End > dataLength)
                throw Invalid(
                    entry.Key,
                    $"its data end at {entry.End}, after the file's {dataLength} bytes of data; the file is truncated."
                );
            if (entry.Begin < position)
                throw Invalid(entry.Key, $"its data overlap with those of '{previous}'.");
            if (entry.Begin > position)
                throw Invalid(entry.Key, $"{entry.Begin - position} bytes before its data belong to no tensor.");
            position = entry.End;
            previous = entry.Key;
        }
        if (position != dataLength)
            throw DataFile.Invalid(_file, $"{dataLength - position} bytes at the end belong to no tensor.");
    }

    private InvalidDataException Invalid(string key, string problem) =>
        DataFile.Invalid(_file, $"key '{key}': {problem}");
}
