using System.IO.Compression;
using System.Text;
using Ptycho.IO.Arrays;
using Ptycho.IO.Files;

namespace Ptycho.IO.Matlab;

/// <summary>
/// Reads MATLAB level 5 MAT-files (MATLAB's -v6 and -v7): full numeric, logical and character arrays, real or complex,
/// in both byte orders, compressed or not. Cells, structs, objects, function handles and sparse matrices are passed over and
/// listed. Level 4 files and -v7.3 files (which are HDF5) are refused with advice.
/// </summary>
/// <remarks>
/// Shapes are MATLAB's: a 128×128×225 array becomes [128, 128, 225], a scalar [1, 1], in C order. double → Float64,
/// single → Float32, intN/uintN → IntN/UIntN, logical → Bool, char → UInt16 (UTF-16 code units), complex single →
/// Complex64, every other complex class → Complex128. Memory stays in proportion to the data that the file really
/// holds, whatever its headers say.
/// </remarks>
public static class MatFile
{
    private const int HeaderLength = 128;

    /// <summary>Reads all numeric, logical and character variables by name; others are passed over.</summary>
    /// <exception cref="InvalidDataException">The content is wrong; the message names the file and the variable.</exception>
    /// <exception cref="IOException">The file isn't there or cannot be read.</exception>
    public static IReadOnlyDictionary<string, NumericArray> Read(string path) => ReadContent(path).Arrays;

    /// <summary>Reads a file and tells which variables were passed over.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static MatFileContent ReadContent(string path)
    {
        using var stream = DataFile.Open(path);
        return ReadContent(stream, path);
    }

    /// <summary>Reads from the stream's position to its end.</summary>
    /// <param name="stream">A seekable stream; stays open.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static MatFileContent ReadContent(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be seekable, so that its length is known.", nameof(stream));
        var available = stream.Length - stream.Position;
        var bigEndian = ReadHeader(stream, name);
        var file = new MatInput(stream, available - HeaderLength, isKnownLength: true, bigEndian, name);

        var arrays = new OrderedDictionary<string, NumericArray>(StringComparer.Ordinal);
        var skipped = new List<SkippedVariable>();
        for (var number = 1; file.Remaining > 0; number++)
        {
            file.Where = $"variable {number}";
            ReadVariable(file, arrays, skipped);
        }
        return new MatFileContent(arrays, skipped.AsReadOnly());
    }

    private static void ReadVariable(
        MatInput file,
        OrderedDictionary<string, NumericArray> arrays,
        List<SkippedVariable> skipped
    )
    {
        var tag = file.ReadTag();
        if (tag.Length > file.Remaining)
            throw file.Invalid(
                $"it should have {tag.Length} bytes but only {file.Remaining} follow; the file is truncated."
            );
        MatVariable variable;
        if (tag.Type == MatDataType.Matrix)
        {
            var input = file.Nested(tag.Length);
            variable = MatVariableReader.Read(input);
            input.Skip(input.Remaining);
            file.Consume(tag.Length);
        }
        else if (tag.Type == MatDataType.Compressed)
            variable = ReadCompressed(file, file.ReadBytes(tag.Length));
        else
            throw file.Invalid($"an element of type {tag.Type} stands where a matrix should be; the file is damaged.");

        file.Where = $"variable '{variable.Name}'";
        if (variable.Values is null)
            skipped.Add(new SkippedVariable(variable.Name, variable.Class.ToString()));
        else if (!arrays.TryAdd(variable.Name, variable.Values))
            throw file.Invalid("the file has it twice.");
    }

    private static MatVariable ReadCompressed(MatInput file, byte[] compressed)
    {
        using var memory = new MemoryStream(compressed, writable: false);
        using var inflated = new ZLibStream(memory, CompressionMode.Decompress);
        var element = file.Decompressed(inflated);
        var tag = element.ReadTag();
        if (tag.Type != MatDataType.Matrix)
            throw file.Invalid($"its compressed data hold an element of type {tag.Type}, not a matrix.");
        var input = element.Nested(tag.Length);
        var variable = MatVariableReader.Read(input);
        // One passed over is not decompressed further; one that was read must end here, and its checksum must fit.
        if (variable.Values is not null)
            input.ExpectEnd();
        return variable;
    }

    private static bool ReadHeader(Stream stream, string name)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        DataFile.ReadExactly(stream, header, name, "the MAT-file header");
        var order = Encoding.Latin1.GetString(header[126..128]);
        var bigEndian = string.Equals(order, "MI", StringComparison.Ordinal);
        if (!bigEndian && !string.Equals(order, "IM", StringComparison.Ordinal))
            throw DataFile.Invalid(
                name,
                "no level 5 MAT-file: the byte order mark at byte 126 is missing. Level 4 files are not supported; "
                    + "save again in MATLAB with -v7."
            );
        var version = bigEndian ? (header[124] << 8) | header[125] : (header[125] << 8) | header[124];
        return version switch
        {
            0x0100 => bigEndian,
            0x0200 => throw DataFile.Invalid(
                name,
                "a -v7.3 MAT-file, which is HDF5; read it as HDF5, or save again in MATLAB with -v7."
            ),
            _ => throw DataFile.Invalid(name, $"MAT-file version 0x{version:X4} is not known; 0x0100 is expected."),
        };
    }
}
