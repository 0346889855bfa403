using System.Buffers.Binary;
using System.Text.Json;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Safetensors;

/// <summary>
/// Reads and writes safetensors files: 8 bytes (u64 little endian) with the header's length, a JSON header, the tensors'
/// bytes. See https://huggingface.co/docs/safetensors. Reading is strict: the tensors must cover the data exactly,
/// without overlap or gap, and nothing is allocated beyond the file's size.
/// </summary>
public static class SafetensorsFile
{
    /// <summary>The longest header that is accepted, in bytes; the reference implementation has the same limit.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">The content is wrong; the message names the file and the key.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static SafetensorsContent Read(string path)
    {
        using var stream = DataFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads from the stream's position to its end.</summary>
    /// <param name="stream">A seekable stream; stays open.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static SafetensorsContent Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be seekable, so that its length is known.", nameof(stream));
        var available = stream.Length - stream.Position;
        Span<byte> lengthBytes = stackalloc byte[8];
        DataFile.ReadExactly(stream, lengthBytes, name, "the header's length");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        available -= 8;
        if (headerLength > (ulong)available)
            throw DataFile.Invalid(
                name,
                $"the header should have {headerLength} bytes but only {available} follow; "
                    + "the file is truncated or not safetensors."
            );
        if (headerLength > LongestHeader)
            throw DataFile.Invalid(name, $"a header of {headerLength} bytes is longer than {LongestHeader}.");
        var json = new byte[headerLength];
        DataFile.ReadExactly(stream, json, name, "the header");
        var header = SafetensorsHeader.Parse(json, available - json.Length, name);

        var tensors = new OrderedDictionary<string, NumericArray>(header.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in header.Entries)
        {
            var part = $"the tensor '{entry.Key}'";
            tensors.Add(entry.Key, ArrayReader.Read(stream, entry.Type, entry.Shape.AsSpan(), name, part));
        }
        return new SafetensorsContent(tensors, header.Metadata);
    }

    /// <summary>
    /// Writes a file, whole or not at all. The same content gives the same bytes: tensors are sorted by element size
    /// (largest first, so that all are aligned), then by key.
    /// </summary>
    /// <exception cref="ArgumentException">A tensor is complex (the format has no complex type; store real and imaginary
    /// parts on an axis of their own), or a key is __metadata__.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, SafetensorsContent content)
    {
        Check(content);
        AtomicFile.Write(path, stream => Write(stream, content));
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, SafetensorsContent)" path="/exception"/>
    public static void Write(Stream stream, SafetensorsContent content)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Check(content);
        var tensors = content
            .Tensors.OrderByDescending(pair => ElementTypes.SizeOf(pair.Value.ElementType))
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .ToArray();
        var header = WriteHeader(tensors, content.Metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in tensors)
            stream.Write(tensor.Bytes);
    }

    private static void Check(SafetensorsContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        foreach (var (key, tensor) in content.Tensors)
        {
            if (string.Equals(key, SafetensorsHeader.MetadataKey, StringComparison.Ordinal))
                throw new ArgumentException($"A tensor cannot have the key '{key}'.", nameof(content));
            if (SafetensorsTypes.Name(tensor.ElementType) is null)
                throw new ArgumentException(
                    $"The tensor '{key}' is {tensor}, but safetensors has no complex type: "
                        + "store the real and imaginary parts on an axis of their own.",
                    nameof(content)
                );
        }
    }

    private static byte[] WriteHeader(
        KeyValuePair<string, NumericArray>[] tensors,
        IReadOnlyDictionary<string, string> metadata
    )
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            long position = 0;
            foreach (var (key, tensor) in tensors)
            {
                json.WriteStartObject(key);
                json.WriteString("dtype", SafetensorsTypes.Name(tensor.ElementType));
                json.WriteStartArray("shape");
                foreach (var axis in tensor.Shape)
                    json.WriteNumberValue(axis);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(position);
                json.WriteNumberValue(position += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces after the JSON keep the data aligned to 8 bytes.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
