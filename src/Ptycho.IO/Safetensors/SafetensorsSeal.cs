using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ptycho.IO.Files;

namespace Ptycho.IO.Safetensors;

/// <summary>
/// A SHA-256 of a file's whole content (notes; keys, types, shapes and bytes of the tensors) among its notes, so that a
/// single flipped bit is found when it is read. It guards against damage, not against someone who writes a new one.
/// </summary>
public static class SafetensorsSeal
{
    /// <summary>The note that holds it, in hexadecimal.</summary>
    public const string Key = "content_sha256";

    /// <summary>The content with its seal, in place of any that it had; the tensors are shared.</summary>
    public static SafetensorsContent Add(SafetensorsContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var notes = new Dictionary<string, string>(content.Metadata, StringComparer.Ordinal)
        {
            [Key] = Compute(content),
        };
        return content with { Metadata = notes };
    }

    /// <summary>Refuses content that is not what was sealed.</summary>
    /// <param name="content">What was read.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <exception cref="InvalidDataException">There is no seal, or the content is not the one it was made for; the file is
    /// named.</exception>
    public static void Require(SafetensorsContent content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.Metadata.TryGetValue(Key, out var expected))
            throw DataFile.Invalid(name, $"'{Key}' is missing, so that damage to the content could not be seen.");
        var found = Compute(content);
        if (!string.Equals(found, expected, StringComparison.Ordinal))
            throw DataFile.Invalid(
                name,
                $"the content has changed since it was written: its SHA-256 is {found}, and '{Key}' says {expected}."
            );
    }

    private static string Compute(SafetensorsContent content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in content.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (!string.Equals(key, Key, StringComparison.Ordinal))
            {
                Add(hash, Encoding.UTF8.GetBytes(key));
                Add(hash, Encoding.UTF8.GetBytes(value));
            }
        foreach (var (key, tensor) in content.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(hash, Encoding.UTF8.GetBytes(key));
            Add(hash, Encoding.UTF8.GetBytes(tensor.ToString()));
            Add(hash, tensor.Bytes);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // Each part after its length, so that no two contents are the same bytes.
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
