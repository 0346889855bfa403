using Ptycho.IO.Arrays;

namespace Ptycho.Physics.Files;

/// <summary>
/// The frames of a file, read one by one and brought into this library's form: float32, the zero frequency at [0, 0],
/// cut, transposed and flipped as the options said. A data set may be larger than memory: at any time one frame is
/// held, as it is stored and as it is given. Not for several threads at once.
/// </summary>
public sealed class FrameStream : IDisposable
{
    private readonly IArraySource _source;
    private readonly FrameImport _frames;
    private readonly IDisposable? _owner;
    private readonly int _first;

    internal FrameStream(
        IArraySource source,
        FrameImport frames,
        int first,
        int count,
        IReadOnlyList<string> notes,
        IDisposable? owner
    )
    {
        _source = source;
        _frames = frames;
        _first = first;
        _owner = owner;
        Count = count;
        Notes = notes;
    }

    /// <summary>How many frames there are, of those that the options ask for.</summary>
    public int Count { get; }

    /// <summary>Rows of a frame.</summary>
    public int Height => _frames.Height;

    /// <summary>Columns of a frame.</summary>
    public int Width => _frames.Width;

    /// <summary>How a stored frame becomes one that is given.</summary>
    internal FrameImport Import => _frames;

    /// <summary>The type of the stored values.</summary>
    public ElementType StoredType => _source.ElementType;

    /// <summary>Every conversion that is done to the frames, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Opens any stack [frames, h, w], such as a <c>TiffStack</c>, an <c>NpySource</c> or an HDF5 dataset.</summary>
    /// <param name="source">The stack, closed with the stream.</param>
    /// <param name="options">Range, crop, zero frequency, transposition and flips.</param>
    /// <param name="centred">Whether the zero frequency is at [⌊h/2⌋, ⌊w/2⌋] where the options do not say; else [0, 0].
    /// </param>
    /// <exception cref="InvalidDataException">The stack has not three axes, or the options do not fit it.</exception>
    public static FrameStream Open(IArraySource source, ImportOptions? options = null, bool centred = true)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new ImportOptions();
        return MeasurementAssembly.Guard(
            source.Path,
            () =>
            {
                var shape = source.Shape;
                if (shape.Length != 3 || shape.Any(axis => axis is < 1 or > int.MaxValue))
                    throw new InvalidDataException(
                        $"a stack must be [frames, rows, columns], not {string.Join("×", shape)}."
                    );
                if (shape[1] * shape[2] > int.MaxValue)
                    throw new InvalidDataException($"frames of {shape[1]}×{shape[2]} are too large.");
                var notes = new List<string>();
                var (first, count) = MeasurementAssembly.Range(shape[0], options);
                var columnsFirst = options.FrameAxes == FrameAxisOrder.ColumnsFirst;
                var (height, width) = columnsFirst ? ((int)shape[2], (int)shape[1]) : ((int)shape[1], (int)shape[2]);
                var frames = FrameImport.Create(height, width, centred, options, notes, columnsFirst);
                return new FrameStream(source, frames, first, count, notes, null);
            }
        );
    }

    /// <summary>Reads one frame.</summary>
    /// <param name="frame">Its number, 0 for the first that the options ask for.</param>
    /// <param name="destination">Height·Width values, row by row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public void Read(int frame, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Count);
        if (destination.Length != Height * Width)
            throw new ArgumentException(
                $"A frame has {Height}×{Width} values, the destination {destination.Length}.",
                nameof(destination)
            );
        _frames.Apply(_source.ReadRange(_first + frame, 1).ToSingle(), destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _owner?.Dispose();
    }
}
