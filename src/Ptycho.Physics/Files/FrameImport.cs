using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>
/// Which pixels of a stored frame make each pixel of the imported one: crop, zero frequency, binning, transpose, flips.
/// </summary>
internal sealed class FrameImport
{
    // Block by block: pixel i is made of the stored pixels i·block … (i + 1)·block − 1 of the table.
    private readonly int[] _source;
    private readonly int _block;
    private readonly bool _squares;
    private readonly float _limit;
    private readonly Func<int, (int Row, int Column)> _stored;

    private FrameImport(
        (int Height, int Width) shape,
        (int Height, int Width) stored,
        (int Height, int Width) kept,
        int[] source,
        ImportOptions options,
        Func<int, (int Row, int Column)> placeOf
    )
    {
        (Height, Width) = shape;
        (StoredShape, KeptShape) = (stored, kept);
        _source = source;
        _block = options.Binning * options.Binning;
        _squares = options.Unit == DiffractionUnit.Amplitude;
        _limit = (float)(options.MaskAbove ?? double.PositiveInfinity);
        _stored = placeOf;
    }

    /// <summary>Pixels of a stored frame.</summary>
    public int StoredPixels => StoredShape.Height * StoredShape.Width;

    /// <summary>Rows and columns of a stored frame, as the result has its axes.</summary>
    public (int Height, int Width) StoredShape { get; }

    /// <summary>What a crop leaves of them, before binning.</summary>
    public (int Height, int Width) KeptShape { get; }

    /// <summary>Rows of the result.</summary>
    public int Height { get; }

    /// <summary>Columns of the result.</summary>
    public int Width { get; }

    /// <param name="height">Rows (y) of a stored frame.</param>
    /// <param name="width">Columns (x) of a stored frame.</param>
    /// <param name="centred">Whether the format has the zero frequency in the middle.</param>
    /// <param name="options">What is to be done.</param>
    /// <param name="notes">Gets a sentence for every change.</param>
    /// <param name="columnsFirst">Whether a stored frame is [x, y], its rows contiguous in y.</param>
    public static FrameImport Create(
        int height,
        int width,
        bool centred,
        ImportOptions options,
        List<string> notes,
        bool columnsFirst = false
    )
    {
        int Index(int r, int c) => columnsFirst ? c * height + r : r * width + c;
        var zero = options.ZeroFrequency ?? (centred ? (height / 2, width / 2) : (0, 0));
        if (zero.Row < 0 || zero.Row >= height || zero.Column < 0 || zero.Column >= width)
            throw new InvalidDataException(
                $"the zero frequency cannot lie at [{zero.Row}, {zero.Column}] of {height}×{width} frames."
            );
        var crop = options.Crop ?? (height, width);
        var bin = options.Binning;
        if (crop.Height % bin != 0 || crop.Width % bin != 0)
            throw new InvalidDataException(
                $"frames of {crop.Height}×{crop.Width} cannot be binned by {bin}; crop them to a multiple of it, such as "
                    + $"{crop.Height / bin * bin}×{crop.Width / bin * bin}."
            );
        var rows = Axis(height, crop.Height, zero.Row);
        var columns = Axis(width, crop.Width, zero.Column);
        if (zero != (0, 0))
            notes.Add($"The zero frequency was moved from [{zero.Row}, {zero.Column}] to [0, 0].");
        if (options.Crop is not null)
            notes.Add($"Frames were cut from {height}×{width} to {crop.Height}×{crop.Width} around it.");
        if (bin > 1)
            notes.Add(
                $"Each {bin}×{bin} pixels were summed to one: frames are {crop.Height / bin}×{crop.Width / bin}, and the "
                    + "window on the object is smaller by the same factor."
            );
        if (options.TransposeFrames)
            notes.Add("Frames were transposed.");
        if (options.FlipFrameRows || options.FlipFrameColumns)
            notes.Add($"Frequencies were reversed: rows {options.FlipFrameRows}, columns {options.FlipFrameColumns}.");
        (int Row, int Column) Place(int index) =>
            columnsFirst ? (index % height, index / height) : (index / width, index % width);
        return options.TransposeFrames
            ? new FrameImport(
                (crop.Width / bin, crop.Height / bin),
                (width, height),
                (crop.Width, crop.Height),
                Map(columns, rows, (c, r) => Index(r, c), options),
                options,
                Place
            )
            : new FrameImport(
                (crop.Height / bin, crop.Width / bin),
                (height, width),
                crop,
                Map(rows, columns, Index, options),
                options,
                Place
            );
    }

    /// <summary>The stored pixel, as the file has it, that an imported one comes from; the first of those binned.</summary>
    public (int Row, int Column) Stored(int row, int column) => _stored(_source[(row * Width + column) * _block]);

    /// <summary>
    /// Rearranges one frame. Binned intensities are summed, amplitudes by their squares; a pixel that reaches the limit becomes
    /// NaN, and with it what it is summed to.
    /// </summary>
    public void Apply(ReadOnlySpan<float> stored, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            if (_block == 1)
            {
                result[i] = Limited(stored[_source[i]]);
                continue;
            }
            double sum = 0;
            for (var j = i * _block; j < (i + 1) * _block; j++)
            {
                var value = Limited(stored[_source[j]]);
                sum += _squares ? value * value : value;
            }
            result[i] = (float)(_squares ? Math.Sqrt(sum) : sum);
        }
    }

    /// <summary>Rearranges weights of pixels: of those that are binned the least.</summary>
    public void ApplyWeights(ReadOnlySpan<float> stored, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var least = float.PositiveInfinity;
            for (var j = i * _block; j < (i + 1) * _block; j++)
                least = Math.Min(least, stored[_source[j]]);
            result[i] = least;
        }
    }

    private float Limited(float value) => value >= _limit ? float.NaN : value;

    // Stored index of frequency i: cyclic in a whole axis, and within a window around the zero frequency in a cut one.
    private static int[] Axis(int stored, int kept, int zero)
    {
        var indices = new int[kept];
        for (var i = 0; i < kept; i++)
        {
            var frequency = i < (kept + 1) / 2 ? i : i - kept;
            var index = zero + frequency;
            indices[i] =
                kept == stored ? (index + stored) % stored
                : index >= 0 && index < stored ? index
                : zero == 0 && kept < stored ? index + stored
                : throw new InvalidDataException(
                    $"a crop of {kept} pixels around pixel {zero} leaves the {stored} pixels of the stored frame."
                );
        }
        return indices;
    }

    // Blocks begin at the zero frequency, as in a centred array that is reshaped to blocks.
    private static int[] Map(int[] first, int[] second, Func<int, int, int> index, ImportOptions options)
    {
        var bin = options.Binning;
        var (height, width) = (first.Length / bin, second.Length / bin);
        var map = new int[first.Length * second.Length];
        var at = 0;
        for (var r = 0; r < height; r++)
        {
            var row = options.FlipFrameRows ? (height - r) % height : r;
            for (var c = 0; c < width; c++)
            {
                var column = options.FlipFrameColumns ? (width - c) % width : c;
                for (var y = 0; y < bin; y++)
                for (var x = 0; x < bin; x++)
                    map[at++] = index(
                        first[Block(row, height, bin, y, first.Length)],
                        second[Block(column, width, bin, x, second.Length)]
                    );
            }
        }
        return map;
    }

    private static int Block(int frequency, int length, int bin, int part, int kept)
    {
        var signed = frequency < (length + 1) / 2 ? frequency : frequency - length;
        return (signed * bin + part + kept) % kept;
    }
}
