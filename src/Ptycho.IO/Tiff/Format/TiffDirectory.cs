namespace Ptycho.IO.Tiff.Format;

/// <summary>The fields of one page (an IFD), checked to lie within the file.</summary>
internal sealed class TiffDirectory
{
    private readonly TiffInput _input;
    private readonly Dictionary<ushort, TiffField> _fields;
    private readonly string _name;

    private TiffDirectory(TiffInput input, Dictionary<ushort, TiffField> fields, long next, int page)
    {
        _input = input;
        _fields = fields;
        Next = next;
        _name = $"page {page}";
    }

    /// <summary>Where the next directory lies; 0 after the last.</summary>
    public long Next { get; }

    /// <param name="input">The file.</param>
    /// <param name="offset">Where the directory lies.</param>
    /// <param name="page">Its number, for errors.</param>
    /// <param name="budget">
    /// Bytes that directories and their values may still take: the file's length at first. Honest ones do not overlap,
    /// so together they are no longer than the file; those that point into each other would cost its square.
    /// </param>
    public static TiffDirectory Read(TiffInput input, long offset, int page, ref long budget)
    {
        var what = $"the directory of page {page}";
        var (head, entrySize, nextSize) = input.Big ? (8, 20, 8) : (2, 12, 4);
        var start = input.Bytes(offset, head, what);
        var count = input.Big ? TiffInput.Offset(input.UInt64(start)) : input.UInt16(start);
        if (count is < 1 or > ushort.MaxValue)
            throw input.Invalid($"{what} has {count} fields.");
        Spend(ref budget, head + count * entrySize + nextSize, input, what);
        var table = input.Bytes(offset + head, (int)count * entrySize + nextSize, what);
        var fields = new Dictionary<ushort, TiffField>();
        for (var i = 0; i < count; i++)
        {
            var entry = table.Slice(i * entrySize, entrySize);
            var (tag, type) = (input.UInt16(entry), input.UInt16(entry[2..]));
            var size = TiffField.SizeOf(type);
            // Fields of unknown types are to be passed over, says the specification.
            if (size == 0)
                continue;
            var values = input.Big ? TiffInput.Offset(input.UInt64(entry[4..])) : input.UInt32(entry[4..]);
            var inline = input.Big ? 8 : 4;
            if (values < 0 || values > input.Length / size)
                throw input.Invalid($"{what}: the field {tag} has {values} values, more than the file holds.");
            var place =
                values * size <= inline ? offset + head + i * entrySize + (input.Big ? 12 : 8)
                : input.Big ? TiffInput.Offset(input.UInt64(entry[12..]))
                : input.UInt32(entry[8..]);
            if (values * size > inline)
            {
                Spend(ref budget, values * size, input, what);
                input.CheckRange(place, values * size, $"{what}: the field {tag}");
            }
            if (!fields.TryAdd(tag, new TiffField(type, values, place)))
                throw input.Invalid($"{what}: the field {tag} appears twice.");
        }
        var last = table[^nextSize..];
        return new TiffDirectory(
            input,
            fields,
            input.Big ? TiffInput.Offset(input.UInt64(last)) : input.UInt32(last),
            page
        );
    }

    public bool Has(ushort tag) => _fields.ContainsKey(tag);

    /// <summary>All values of a field, or null where it is missing.</summary>
    public long[]? Numbers(ushort tag) =>
        _fields.TryGetValue(tag, out var field) ? field.Numbers(_input, $"{_name}, field {tag}") : null;

    /// <summary>The one value of a field; all must be alike where there are several, one for each sample.</summary>
    public long? Number(ushort tag)
    {
        if (Numbers(tag) is not { } values)
            return null;
        return values.Length > 0 && values.All(value => value == values[0])
            ? values[0]
            : throw Invalid($"the field {tag} has {values.Length} values that are not one.");
    }

    public long Required(ushort tag, string name) => Number(tag) ?? throw Invalid($"{name} is missing.");

    public string? Text(ushort tag) =>
        _fields.TryGetValue(tag, out var field) ? field.Text(_input, $"{_name}, field {tag}") : null;

    public InvalidDataException Invalid(string problem) => _input.Invalid($"{_name}: {problem}");

    private static void Spend(ref long budget, long bytes, TiffInput input, string what)
    {
        budget -= bytes;
        if (budget < 0)
            throw input.Invalid($"{what}: the directories together are longer than the file; they overlap.");
    }
}
