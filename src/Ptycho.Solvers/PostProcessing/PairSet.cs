using System.Globalization;
using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Safetensors;

namespace Ptycho.Solvers.PostProcessing;

/// <summary>
/// Pairs in memory as channels (Re f − mean)/scale and (Im f − mean)/scale in float16, whose rounding is far below the
/// noise that training adds. Immutable, and safe to read from several threads.
/// </summary>
public sealed class PairSet
{
    /// <summary>Planes of a pair: two of the input, two of the target.</summary>
    internal const int Planes = 4;

    private const int ChunkLength = 32;
    private const string Key = "pairs";
    private const string IdentityKey = "identity";
    private readonly Half[][] _pairs;

    private PairSet(Half[][] pairs, int size) => (_pairs, Size) = (pairs, size);

    /// <summary>Number of pairs.</summary>
    public int Count => _pairs.Length;

    /// <summary>Pixels on a side.</summary>
    public int Size { get; }

    /// <summary>Makes pairs 0 … count − 1 of a source, several at a time.</summary>
    /// <param name="source">Where pairs come from.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="channels">The numbers of the channels; defaults if not given.</param>
    /// <param name="folder">
    /// Where pairs are kept, in files of 32 that are written whole; those that are there and are of the same source are
    /// read instead of made. It is created if it does not exist. Null keeps nothing.
    /// </param>
    /// <param name="threads">Pairs made at a time; 0 is one for each processor. The pairs are the same for every number.</param>
    /// <param name="progress">Told the number of pairs done, after each 32.</param>
    /// <param name="cancellationToken">Stops between iterations of AWF; finished files stay.</param>
    /// <exception cref="InvalidDataException">A file in the folder is damaged; it is named.</exception>
    public static PairSet Create(
        IPairSource source,
        int count,
        ChannelNumbers? channels = null,
        string? folder = null,
        int threads = 0,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var numbers = channels ?? new ChannelNumbers();
        if (folder is not null)
            Directory.CreateDirectory(folder);
        var identity = $"{source.Identity} {numbers.Mean.Real:R} {numbers.Mean.Imaginary:R} {numbers.Scale:R}";
        var pairs = new Half[count][];
        for (var first = 0; first < count; first += ChunkLength)
        {
            // Chunks are always whole, so that a larger set shares those of a smaller one.
            var path = folder is null
                ? null
                : Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"pairs-{first:D8}.safetensors"));
            var chunk = path is null ? null : Read(path, identity, source.Size);
            if (chunk is null)
            {
                chunk = Make(
                    source,
                    numbers,
                    first,
                    path is null ? Math.Min(ChunkLength, count - first) : ChunkLength,
                    threads,
                    cancellationToken
                );
                if (path is not null)
                    Write(path, identity, chunk, source.Size);
            }
            for (var i = 0; i < ChunkLength && first + i < count; i++)
                pairs[first + i] = chunk[i];
            progress?.Report(Math.Min(count, first + ChunkLength));
        }
        return new PairSet(pairs, source.Size);
    }

    /// <summary>The planes [4, Size, Size] of a pair: input, then target.</summary>
    internal ReadOnlySpan<Half> Pair(int index) => _pairs[index];

    private static Half[][] Make(
        IPairSource source,
        ChannelNumbers numbers,
        int first,
        int count,
        int threads,
        CancellationToken cancellationToken
    )
    {
        var chunk = new Half[count][];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        Parallel.For(
            0,
            count,
            parallel,
            i =>
            {
                var pair = source.Create((ulong)(first + i), cancellationToken);
                var planes = chunk[i] = new Half[Planes * source.Size * source.Size];
                numbers.Encode(pair.Input, planes.AsSpan(0, planes.Length / 2));
                numbers.Encode(pair.Target, planes.AsSpan(planes.Length / 2));
            }
        );
        return chunk;
    }

    private static Half[][]? Read(string path, string identity, int size)
    {
        if (!File.Exists(path))
            return null;
        var content = SafetensorsFile.Read(path);
        if (
            !content.Metadata.TryGetValue(IdentityKey, out var stored)
            || !string.Equals(stored, identity, StringComparison.Ordinal)
        )
            return null;
        if (
            !content.Tensors.TryGetValue(Key, out var array)
            || !array.Shape.AsSpan().SequenceEqual([ChunkLength, Planes, size, size])
        )
            throw new InvalidDataException(
                $"{path}: '{Key}' must be [{ChunkLength}, {Planes}, {size}, {size}]; delete the file to make it anew."
            );
        var values = array.ToSingle();
        var length = Planes * size * size;
        return [.. Enumerable.Range(0, ChunkLength).Select(i => Narrow(values.AsSpan(i * length, length)))];
    }

    private static Half[] Narrow(ReadOnlySpan<float> values)
    {
        var narrow = new Half[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, narrow);
        return narrow;
    }

    private static void Write(string path, string identity, Half[][] chunk, int size)
    {
        Half[] all = [.. chunk.SelectMany(pair => pair)];
        SafetensorsFile.Write(
            path,
            new SafetensorsContent(
                new Dictionary<string, NumericArray>(StringComparer.Ordinal)
                {
                    [Key] = NumericArray.Create<Half>(all, ChunkLength, Planes, size, size),
                },
                new Dictionary<string, string>(StringComparer.Ordinal) { [IdentityKey] = identity }
            )
        );
    }
}
