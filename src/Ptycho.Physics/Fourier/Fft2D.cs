namespace Ptycho.Physics.Fourier;

/// <summary>
/// Orthonormal two-dimensional discrete Fourier transform of one height×width field, in place on split planes:
/// F[u, v] = (hw)^(−1/2) Σ f[y, x] exp(−2πi(uy/h + vx/w)), the zero frequency at [0, 0]. Being unitary, its inverse
/// is its adjoint. Sizes of the form 2^a·3^b·5^c·7^d·11^e·13^f are fastest; every other size works too.
/// </summary>
/// <remarks>
/// No call allocates. The scratch memory belongs to the instance, so an instance must not be used by two threads at
/// once; <see cref="Fork"/> gives another thread its own one that shares the tables.
/// </remarks>
public sealed unsafe class Fft2D
{
    private readonly LineTransform _columns;
    private readonly LineTransform _rows;
    private readonly AlignedBuffer _a;
    private readonly AlignedBuffer _b;
    private readonly AlignedBuffer _edge;
    private readonly AlignedBuffer _transposed;
    private readonly float _scale;

    /// <summary>Prepares the tables for one size.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or too large to be indexed.</exception>
    public Fft2D(int height, int width)
        : this(height, width, Lanes16.IsSupported) { }

    internal Fft2D(int height, int width, bool wide)
        : this(Line(height, nameof(height)), Line(width, nameof(width)), wide) { }

    private Fft2D(LineTransform columns, LineTransform rows, bool wide)
    {
        Height = columns.Length;
        Width = rows.Length;
        _columns = columns;
        _rows = rows;
        IsWide = wide;
        var lanes = wide ? Lanes16.Count : Lanes8.Count;
        var work = checked(2 * lanes * Math.Max(columns.WorkLength, rows.WorkLength));
        _a = new AlignedBuffer(work);
        _b = new AlignedBuffer(work);
        _edge = new AlignedBuffer(work);
        _transposed = new AlignedBuffer(checked(2 * Height * Width));
        _scale = (float)(1 / Math.Sqrt((double)Height * Width));
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    private bool IsWide { get; }

    /// <summary>A transform of the same size with its own scratch memory and the same (immutable) tables.</summary>
    public Fft2D Fork() => new(_columns, _rows, IsWide);

    /// <summary>The way there and back with this size's tables and scratch memory of its own.</summary>
    internal FourierRoundTrip ToRoundTrip() => new(_columns, _rows, IsWide);

    /// <summary>Replaces a field by its transform.</summary>
    /// <param name="real">Real parts, row-major [height, width].</param>
    /// <param name="imaginary">Imaginary parts, the same layout.</param>
    /// <exception cref="ArgumentException">A plane has not exactly height·width values.</exception>
    public void Forward(Span<float> real, Span<float> imaginary)
    {
        CheckLength(real, nameof(real));
        CheckLength(imaginary, nameof(imaginary));
        fixed (float* re = real)
        fixed (float* im = imaginary)
            InPlace(new Planes(re, im));
    }

    /// <summary>Replaces a transform by its field: the inverse and adjoint of <see cref="Forward"/>.</summary>
    /// <param name="real">Real parts, row-major [height, width].</param>
    /// <param name="imaginary">Imaginary parts, the same layout.</param>
    /// <exception cref="ArgumentException">A plane has not exactly height·width values.</exception>
    public void Inverse(Span<float> real, Span<float> imaginary)
    {
        CheckLength(real, nameof(real));
        CheckLength(imaginary, nameof(imaginary));
        fixed (float* re = real)
        fixed (float* im = imaginary)
            InPlace(new Planes(im, re));
    }

    /// <summary>
    /// The unscaled forward transform, transposed: [h, w] → [w, h]. It saves half of the data movement where the
    /// order of the far field does not matter. Source and destination may be the same.
    /// </summary>
    internal void ForwardTransposed(Planes field, Planes farField)
    {
        var work = Planes.Of(_transposed, Height * Width);
        Lines(_columns, Width, field, work, 1);
        Columns(_rows, Height, work, farField);
        GC.KeepAlive(this);
    }

    /// <summary>The unscaled inverse of a transposed transform: [w, h] → [h, w].</summary>
    internal void InverseTransposed(Planes farField, Planes field)
    {
        var work = Planes.Of(_transposed, Height * Width);
        Lines(_rows, Height, farField.Exchanged, work, 1);
        Columns(_columns, Width, work, field.Exchanged);
        GC.KeepAlive(this);
    }

    private void InPlace(Planes field)
    {
        var work = Planes.Of(_transposed, Height * Width);
        Lines(_columns, Width, field, work, 1);
        Lines(_rows, Height, work, field, _scale);
        GC.KeepAlive(this);
    }

    // Transforms the columns of a [line.Length, count] field into the rows of a [count, line.Length] one.
    private void Lines(LineTransform line, int count, Planes input, Planes output, float scale)
    {
        if (IsWide)
            Lines<Lanes16>(line, count, input, output, scale);
        else
            Lines<Lanes8>(line, count, input, output, scale);
    }

    private void Lines<T>(LineTransform line, int count, Planes input, Planes output, float scale)
        where T : unmanaged, ILanes<T>
    {
        var column = 0;
        for (; column <= count - T.Count; column += T.Count)
        {
            var y = line.Run<T>(input + column, count, _a, _b, Planes.None, 0);
            var rows = output + (nint)column * line.Length;
            StoreTransposed<T>(y.Re, line.Length, T.Count, rows.Re, scale);
            StoreTransposed<T>(y.Im, line.Length, T.Count, rows.Im, scale);
        }

        var rest = count - column;
        if (rest == 0)
            return;
        var edge = Edge<T>(line, input + column, count, rest);
        var lastRows = output + (nint)column * line.Length;
        StoreTransposed<T>(edge.Re, line.Length, rest, lastRows.Re, scale);
        StoreTransposed<T>(edge.Im, line.Length, rest, lastRows.Im, scale);
    }

    // Transforms the columns of a [line.Length, count] field and leaves them columns.
    private void Columns(LineTransform line, int count, Planes input, Planes output)
    {
        if (IsWide)
            Columns<Lanes16>(line, count, input, output);
        else
            Columns<Lanes8>(line, count, input, output);
    }

    private void Columns<T>(LineTransform line, int count, Planes input, Planes output)
        where T : unmanaged, ILanes<T>
    {
        var column = 0;
        for (; column <= count - T.Count; column += T.Count)
            line.Run<T>(input + column, count, _a, _b, output + column, count);
        var rest = count - column;
        if (rest == 0)
            return;
        var edge = Edge<T>(line, input + column, count, rest);
        for (nint e = 0; e < line.Length; e++)
        {
            var (y, target) = (edge + e * T.Count, output + (e * count + column));
            new Span<float>(y.Re, rest).CopyTo(new Span<float>(target.Re, rest));
            new Span<float>(y.Im, rest).CopyTo(new Span<float>(target.Im, rest));
        }
    }

    // The columns that do not fill a vector, padded with zeros.
    private Planes Edge<T>(LineTransform line, Planes input, nint stride, int rest)
        where T : unmanaged, ILanes<T>
    {
        var padded = Planes.Of(_edge, (nint)line.WorkLength * T.Count);
        new Span<float>(padded.Re, line.Length * T.Count).Clear();
        new Span<float>(padded.Im, line.Length * T.Count).Clear();
        for (nint e = 0; e < line.Length; e++)
        {
            var (x, target) = (input + e * stride, padded + e * T.Count);
            new Span<float>(x.Re, rest).CopyTo(new Span<float>(target.Re, rest));
            new Span<float>(x.Im, rest).CopyTo(new Span<float>(target.Im, rest));
        }

        return line.Run<T>(padded, T.Count, _a, _b, Planes.None, 0);
    }

    private static void StoreTransposed<T>(float* y, int length, int columns, float* output, float scale)
        where T : unmanaged, ILanes<T>
    {
        var start = 0;
        var factor = T.Broadcast(scale);
        if (columns == T.Count)
            for (; start <= length - T.Count; start += T.Count)
                T.Transpose(y + (nint)start * T.Count, T.Count, output + start, length, factor);
        for (var c = 0; c < columns; c++)
        for (var e = start; e < length; e++)
            output[(nint)c * length + e] = scale * y[(nint)e * T.Count + c];
    }

    private void CheckLength(Span<float> plane, string name)
    {
        if (plane.Length != Height * Width)
            throw new ArgumentException(
                $"A {Height}×{Width} transform needs {Height * Width} values a plane, not {plane.Length}.",
                name
            );
    }

    private static LineTransform Line(int length, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, name);
        return new LineTransform(length);
    }
}
