using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Classical.Kernels;

/// <summary>
/// A measurement laid out for the kernels: intensities transposed as the fast transform leaves the far field (kept where
/// they are few, made anew where they would double the memory of the data), and an object plane so large that every
/// window lies inside it (it is 0 beyond the object). For any number of threads, as long as no position is moved.
/// </summary>
internal sealed unsafe class ScanPlan : IMovableScan
{
    // 4 MiB: what a cache near the core still holds.
    private const int MostKept = 1 << 20;
    private readonly AlignedBuffer? _intensities;
    private readonly AlignedBuffer? _weights;
    private readonly ScanPosition[] _positions;
    private readonly double[] _energies;
    private readonly int _top;
    private readonly int _left;

    /// <param name="measurement">The measurement.</param>
    /// <param name="movable">Positions may move so far, pixels; 0 for fixed ones.</param>
    /// <param name="used">The frames that a solver may use, or null for all.</param>
    public ScanPlan(Measurement measurement, double movable = 0, int[]? used = null)
    {
        Measurement = measurement;
        Used = used ?? [.. Enumerable.Range(0, measurement.Data.FrameCount)];
        var (data, positions) = (measurement.Data, measurement.Positions);
        (Height, Width) = (data.Height, data.Width);
        PaddedSize = Kernel.Padded(Size);
        Fft = new Fft2D(Height, Width);

        // Differences of a window's pixels reach one further.
        var margin = movable > 0 ? (int)Math.Ceiling(movable) + 1 : 0;
        Margin = margin;
        LargestShift = movable;
        IsFractional = movable > 0 || !positions.IsWhole;
        _positions = [.. positions];
        _top = Math.Max(0, margin - positions.Min(p => p.WholePixel.Row));
        _left = Math.Max(0, margin - positions.Min(p => p.WholePixel.Column));
        var bottom = Math.Max(measurement.ObjectHeight, positions.Max(p => p.WholePixel.Row) + Height + margin);
        var right = Math.Max(measurement.ObjectWidth, positions.Max(p => p.WholePixel.Column) + Width + margin);
        Stride = Kernel.RowStride(_left + right);
        PlaneLength = checked(Stride * (_top + bottom));
        Windows = [.. positions.Select(p => ToWindow(p.WholePixel.Row, p.WholePixel.Column))];

        if ((long)FrameCount * PaddedSize <= MostKept)
            _intensities = new AlignedBuffer(FrameCount * PaddedSize);
        _weights = data.Mask is null ? null : new AlignedBuffer(PaddedSize);
        _energies = new double[FrameCount];
        if (data.Mask is { } mask)
            Transpose(mask.PixelWeights.AsSpan(), Weights);
        for (var k = 0; k < FrameCount; k++)
            _energies[k] = FrameEnergy(data, k);
        Scale = new IntensityScale(_energies.Max(), data.Unit == DiffractionUnit.Amplitude);
        var scratch = new float[Size];
        for (var k = 0; k < FrameCount && _intensities is not null; k++)
            CopyIntensities(k, scratch, KeptIntensities(k));
        AmplitudeEnergy = Energy(Used);
    }

    public Measurement Measurement { get; }

    public int FrameCount => Measurement.Data.FrameCount;

    /// <summary>The frames that a solver may use, rising.</summary>
    public int[] Used { get; }

    /// <summary>Pixels that windows may move, and one more.</summary>
    public int Margin { get; }

    /// <summary>How far positions may move from the measured ones on each axis, pixels.</summary>
    public double LargestShift { get; }

    /// <summary>Rows of a window.</summary>
    public int Height { get; }

    /// <summary>Columns of a window.</summary>
    public int Width { get; }

    public int Size => Height * Width;

    /// <summary>Floats of one plane of a window, rounded up to whole vectors.</summary>
    public int PaddedSize { get; }

    /// <summary>Floats from one row of the object plane to the next.</summary>
    public int Stride { get; }

    /// <summary>Floats of the real (or imaginary) object plane.</summary>
    public int PlaneLength { get; }

    public Window[] Windows { get; }

    /// <summary>Whether positions are, or may become, fractions of a pixel.</summary>
    public bool IsFractional { get; }

    public ReadOnlySpan<ScanPosition> Positions => _positions;

    /// <summary>Rows and columns of all positions, [K, 2], copied out or in.</summary>
    public void SavePositions(Span<double> target)
    {
        for (var k = 0; k < FrameCount; k++)
            (target[2 * k], target[2 * k + 1]) = (_positions[k].Row, _positions[k].Column);
    }

    /// <inheritdoc cref="SavePositions"/>
    public void LoadPositions(ReadOnlySpan<double> source)
    {
        for (var k = 0; k < FrameCount; k++)
            Move(k, new ScanPosition(source[2 * k], source[2 * k + 1]));
    }

    /// <summary>To be forked for every thread.</summary>
    public Fft2D Fft { get; }

    /// <summary>Σ w·a² over the frames used.</summary>
    public double AmplitudeEnergy { get; }

    /// <summary>Σ w·a² of every frame.</summary>
    public ReadOnlySpan<double> Energies => _energies;

    /// <summary>Σ w·a² over some frames.</summary>
    public double Energy(ReadOnlySpan<int> frames)
    {
        var energy = 0.0;
        foreach (var frame in frames)
            energy += _energies[frame];
        return energy;
    }

    public float* Weights => _weights is null ? null : _weights.Pointer;

    /// <summary>How intensities are made from the data.</summary>
    public IntensityScale Scale { get; }

    /// <summary>The scaled intensities of a frame, [w, h], or null where they are not kept.</summary>
    public float* KeptIntensities(int frame) =>
        _intensities is null ? null : _intensities.Pointer + (nint)frame * PaddedSize;

    /// <summary>Writes the scaled intensities of a frame, [w, h]; 0 where nothing is measured.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="scratch">h·w floats.</param>
    /// <param name="destination">h·w floats.</param>
    public void CopyIntensities(int frame, Span<float> scratch, float* destination)
    {
        var intensities = scratch[..Size];
        TensorPrimitives.Multiply(Measurement.Data.Values.AsSpan(frame * Size, Size), Scale.Factor, intensities);
        if (Scale.IsAmplitude)
            TensorPrimitives.Multiply<float>(intensities, intensities, intensities);
        if (Measurement.Data.Mask is { } mask)
            for (var i = 0; i < Size; i++)
                if (mask.PixelWeights[i] == 0 || mask.FrameWeight(frame) == 0)
                    intensities[i] = 0;
        Transpose(intensities, destination);
    }

    public float FrameWeight(int frame) => Measurement.Data.Mask?.FrameWeight(frame) ?? 1;

    /// <summary>Where row 0, column 0 of the object lies in its plane.</summary>
    public int ObjectStart => _top * Stride + _left;

    /// <summary>Moves a frame; no further than the plan was made for, and not off the object.</summary>
    public void Move(int frame, ScanPosition position)
    {
        var (row, column) = position.WholePixel;
        var window = ToWindow(row, column);
        if (window.Rows <= 0 || window.Columns <= 0)
            return;
        _positions[frame] = position;
        Windows[frame] = window;
    }

    public void Load(ComplexField image, Planes plane)
    {
        for (var row = 0; row < image.Height; row++)
        {
            var target = plane + (ObjectStart + row * Stride);
            image.Real.AsSpan(row * image.Width, image.Width).CopyTo(new Span<float>(target.Re, image.Width));
            image.Imaginary.AsSpan(row * image.Width, image.Width).CopyTo(new Span<float>(target.Im, image.Width));
        }
    }

    /// <summary>Makes the object a real constant.</summary>
    public void Fill(float value, Planes plane)
    {
        for (var row = 0; row < Measurement.ObjectHeight; row++)
        {
            var target = plane + (ObjectStart + row * Stride);
            new Span<float>(target.Re, Measurement.ObjectWidth).Fill(value);
            new Span<float>(target.Im, Measurement.ObjectWidth).Clear();
        }
    }

    public ComplexField ToField(Planes plane)
    {
        var image = new ComplexField(Measurement.ObjectHeight, Measurement.ObjectWidth);
        for (var row = 0; row < image.Height; row++)
        {
            var source = plane + (ObjectStart + row * Stride);
            new Span<float>(source.Re, image.Width).CopyTo(image.Real.AsSpan(row * image.Width));
            new Span<float>(source.Im, image.Width).CopyTo(image.Imaginary.AsSpan(row * image.Width));
        }

        return image;
    }

    private Window ToWindow(int row, int column)
    {
        var top = Math.Max(0, -row);
        var left = Math.Max(0, -column);
        var rows = Math.Min(Height, Measurement.ObjectHeight - row) - top;
        var columns = Math.Min(Width, Measurement.ObjectWidth - column) - left;
        return new Window((_top + row) * Stride + _left + column, top, left, rows, columns);
    }

    // Σ w·a², masked pixels being anything.
    private double FrameEnergy(DiffractionData data, int frame)
    {
        var values = data.Values.AsSpan(frame * Size, Size);
        var isAmplitude = data.Unit == DiffractionUnit.Amplitude;
        var energy = 0.0;
        if (data.Mask is null)
        {
            // Row by row: floats add up exactly enough within a row, doubles beyond.
            for (var row = 0; row < Height; row++)
            {
                var part = values.Slice(row * Width, Width);
                energy += isAmplitude ? TensorPrimitives.SumOfSquares<float>(part) : TensorPrimitives.Sum<float>(part);
            }

            return energy;
        }

        var weights = data.Mask.PixelWeights.AsSpan();
        if (FrameWeight(frame) == 0)
            return 0;
        for (var i = 0; i < values.Length; i++)
            if (weights[i] > 0)
                energy += weights[i] * (isAmplitude ? (double)values[i] * values[i] : values[i]);
        return FrameWeight(frame) * energy;
    }

    private void Transpose(ReadOnlySpan<float> source, float* destination)
    {
        fixed (float* frame = source)
            Kernel.Transpose(frame, Height, Width, destination);
    }
}
