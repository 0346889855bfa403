using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>Where each pixel of an imported frame lies in the stored one: crop, zero frequency, transpose, flips.</summary>
internal sealed class FrameImport
{
    private readonly int[] _source;

    private FrameImport(int height, int width, int storedPixels, int[] source)
    {
        Height = height;
        Width = width;
        StoredPixels = storedPixels;
        _source = source;
    }

    /// <summary>Pixels of a stored frame.</summary>
    public int StoredPixels { get; }

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
        var rows = Axis(height, crop.Height, zero.Row);
        var columns = Axis(width, crop.Width, zero.Column);
        if (zero != (0, 0))
            notes.Add($"The zero frequency was moved from [{zero.Row}, {zero.Column}] to [0, 0].");
        if (options.Crop is not null)
            notes.Add($"Frames were cut from {height}×{width} to {crop.Height}×{crop.Width} around it.");
        if (options.TransposeFrames)
            notes.Add("Frames were transposed.");
        if (options.FlipFrameRows || options.FlipFrameColumns)
            notes.Add($"Frequencies were reversed: rows {options.FlipFrameRows}, columns {options.FlipFrameColumns}.");
        return options.TransposeFrames
            ? new FrameImport(
                crop.Width,
                crop.Height,
                height * width,
                Map(columns, rows, (c, r) => Index(r, c), options)
            )
            : new FrameImport(crop.Height, crop.Width, height * width, Map(rows, columns, Index, options));
    }

    /// <summary>Rearranges one frame.</summary>
    public void Apply(ReadOnlySpan<float> stored, Span<float> result)
    {
        for (var i = 0; i < _source.Length; i++)
            result[i] = stored[_source[i]];
    }

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

    private static int[] Map(int[] first, int[] second, Func<int, int, int> index, ImportOptions options)
    {
        var map = new int[first.Length * second.Length];
        for (var r = 0; r < first.Length; r++)
        {
            var row = options.FlipFrameRows ? (first.Length - r) % first.Length : r;
            for (var c = 0; c < second.Length; c++)
            {
                var column = options.FlipFrameColumns ? (second.Length - c) % second.Length : c;
                map[r * second.Length + c] = index(first[row], second[column]);
            }
        }
        return map;
    }
}
