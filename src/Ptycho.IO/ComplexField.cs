using System.Numerics;

namespace Ptycho.IO;

/// <summary>
/// One complex image of H×W pixels, row (y) first, kept as two contiguous float32 planes (real, imaginary).
/// The planes are mutable and owned by the field; constructors that take arrays take ownership of them.
/// </summary>
public sealed class ComplexField
{
    /// <summary>Creates a field of zeros.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    public ComplexField(int height, int width)
        : this(height, width, new float[CheckedSize(height, width)], new float[CheckedSize(height, width)]) { }

    /// <summary>Wraps two planes of height·width values each, row-major, without copying.</summary>
    /// <exception cref="ArgumentException">A plane's length is not height·width.</exception>
    public ComplexField(int height, int width, float[] real, float[] imaginary)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(imaginary);
        var size = CheckedSize(height, width);
        if (real.Length != size)
            throw new ArgumentException(
                $"A {height}×{width} field needs {size} real values, not {real.Length}.",
                nameof(real)
            );
        if (imaginary.Length != size)
            throw new ArgumentException(
                $"A {height}×{width} field needs {size} imaginary values, not {imaginary.Length}.",
                nameof(imaginary)
            );
        Height = height;
        Width = width;
        Real = real;
        Imaginary = imaginary;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Number of pixels, Height·Width.</summary>
    public int Length => Real.Length;

    /// <summary>Real parts, row-major [H, W].</summary>
    public float[] Real { get; }

    /// <summary>Imaginary parts, row-major [H, W].</summary>
    public float[] Imaginary { get; }

    /// <summary>The value at a row and a column.</summary>
    public Complex this[int row, int column]
    {
        get => new(Real[Index(row, column)], Imaginary[Index(row, column)]);
        set
        {
            var i = Index(row, column);
            Real[i] = (float)value.Real;
            Imaginary[i] = (float)value.Imaginary;
        }
    }

    /// <summary>A field with the same value everywhere.</summary>
    public static ComplexField Constant(int height, int width, Complex value)
    {
        var field = new ComplexField(height, width);
        Array.Fill(field.Real, (float)value.Real);
        Array.Fill(field.Imaginary, (float)value.Imaginary);
        return field;
    }

    /// <summary>A deep copy.</summary>
    public ComplexField Clone() => new(Height, Width, (float[])Real.Clone(), (float[])Imaginary.Clone());

    private int Index(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Height);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
        return row * Width + column;
    }

    private static int CheckedSize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return checked(height * width);
    }
}
