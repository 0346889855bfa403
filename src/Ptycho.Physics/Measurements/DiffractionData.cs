using System.Numerics.Tensors;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// The frames of a scan with the meaning of their numbers. Every value that the mask does not exclude is finite and
/// not negative: this is checked here, once.
/// </summary>
public sealed class DiffractionData
{
    // Fewer are a toy, not a detector.
    private const int FewestPixels = 16;

    /// <summary>Takes frames. The array is kept, not copied, and must not be changed afterwards.</summary>
    /// <param name="values">K·h·w values, [frame, row, column], the zero frequency of each frame at [0, 0].</param>
    /// <param name="frameCount">Frames K, at least 1.</param>
    /// <param name="height">Rows h of a frame, at least 1.</param>
    /// <param name="width">Columns w of a frame, at least 1.</param>
    /// <param name="unit">What the values are.</param>
    /// <param name="countsPerUnit">
    /// Counts per unit of intensity (of amplitude squared for <see cref="DiffractionUnit.Amplitude"/>), where known;
    /// it sets the noise level. Counts have 1, given or not.
    /// </param>
    /// <param name="mask">Weights of pixels and frames, or null: all are measured.</param>
    /// <exception cref="ArgumentException">
    /// A length disagrees; a measured value is not finite, negative, 2³²−1 (the mark of a bad pixel in 32-bit files) or
    /// above 1e30, 1e15 as amplitude (frame and pixel are named); more than half of a frame is saturated; the counts
    /// per unit are not positive, or not 1 for counts; all measured values are 0; the mask's lengths do not fit.
    /// </exception>
    public DiffractionData(
        float[] values,
        int frameCount,
        int height,
        int width,
        DiffractionUnit unit,
        double? countsPerUnit = null,
        DetectorMask? mask = null
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!Enum.IsDefined(unit))
            throw new ArgumentOutOfRangeException(
                nameof(unit),
                unit,
                "The unit must be counts, intensity or amplitude."
            );
        var expected = (Int128)frameCount * height * width;
        if (values.LongLength != expected)
            throw new ArgumentException(
                $"{frameCount} frames of {height}×{width} are {expected} values, " + $"not {values.Length}.",
                nameof(values)
            );
        Values = values;
        FrameCount = frameCount;
        Height = height;
        Width = width;
        Unit = unit;
        Mask = mask;
        CountsPerUnit = CheckedGain(unit, countsPerUnit);
        CheckMask(mask);
        CheckValues(values);
    }

    /// <summary>All values, [frame, row, column]. Not to be written to.</summary>
    public float[] Values { get; }

    /// <summary>Frames K.</summary>
    public int FrameCount { get; }

    /// <summary>Rows h of a frame.</summary>
    public int Height { get; }

    /// <summary>Columns w of a frame.</summary>
    public int Width { get; }

    /// <summary>What the values are.</summary>
    public DiffractionUnit Unit { get; }

    /// <summary>Counts per unit of intensity, where known; 1 for counts.</summary>
    public double? CountsPerUnit { get; }

    /// <summary>Weights of pixels and frames, or null: all are measured.</summary>
    public DetectorMask? Mask { get; }

    /// <summary>
    /// Standard deviation of a measured amplitude, ½/√<see cref="CountsPerUnit"/> in units of amplitude (the square
    /// root makes the Poisson noise of intensities uniform), or null where the counts are unknown.
    /// </summary>
    public double? AmplitudeNoise => CountsPerUnit is { } counts ? 0.5 / Math.Sqrt(counts) : null;

    /// <summary>
    /// The amplitudes √I (or the amplitudes themselves) of all frames in a new array, [frame, row, column]; pixels
    /// and frames with weight 0 are 0.
    /// </summary>
    public float[] ToAmplitudes()
    {
        var amplitudes = new float[Values.Length];
        for (var frame = 0; frame < FrameCount; frame++)
            CopyAmplitudes(frame, amplitudes.AsSpan(frame * Height * Width, Height * Width));
        return amplitudes;
    }

    /// <summary>Writes the amplitudes of one frame, as <see cref="ToAmplitudes"/> has them, without allocating.</summary>
    /// <param name="frame">Index of the frame.</param>
    /// <param name="destination">h·w values.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyAmplitudes(int frame, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, FrameCount);
        var size = Height * Width;
        var source = Values.AsSpan(frame * size, size);
        if (Unit == DiffractionUnit.Amplitude)
            source.CopyTo(destination);
        else
            TensorPrimitives.Sqrt(source, destination);
        if (Mask is null)
            return;
        var excluded = Mask.FrameWeight(frame) == 0;
        for (var i = 0; i < size; i++)
            if (excluded || Mask.PixelWeights[i] == 0)
                destination[i] = 0;
    }

    private static double? CheckedGain(DiffractionUnit unit, double? countsPerUnit)
    {
        if (countsPerUnit is { } counts && !(counts > 0 && double.IsFinite(counts)))
            throw new ArgumentException($"Counts per unit are {counts}; they must be above 0.", nameof(countsPerUnit));
        if (unit != DiffractionUnit.Counts)
            return countsPerUnit;
        if (countsPerUnit is not null and not 1)
            throw new ArgumentException(
                $"Counts have one count per unit, not {countsPerUnit}; declare scaled counts as intensity.",
                nameof(countsPerUnit)
            );
        return 1;
    }

    private void CheckMask(DetectorMask? mask)
    {
        if (mask is null)
            return;
        if (mask.PixelWeights.Length != Height * Width)
            throw new ArgumentException(
                $"The mask has {mask.PixelWeights.Length} pixel weights; frames have {Height}×{Width} pixels.",
                nameof(mask)
            );
        if (mask.FrameWeights is { } weights && weights.Length != FrameCount)
            throw new ArgumentException(
                $"The mask has {weights.Length} frame weights; there are {FrameCount} frames.",
                nameof(mask)
            );
    }

    private void CheckValues(float[] values)
    {
        var size = Height * Width;
        var largest = 0f;
        for (var frame = 0; frame < FrameCount; frame++)
        {
            if (Mask?.FrameWeight(frame) == 0)
                continue;
            for (var i = 0; i < size; i++)
            {
                if (Mask?.PixelWeights[i] == 0)
                    continue;
                var value = values[frame * size + i];
                largest = Math.Max(largest, value);
                if (!(value >= 0 && value < BadValues.Mark) && BadValues.Problem(value, Unit) is { } problem)
                    throw new ArgumentException(
                        $"Frame {frame}, row {i / Width}, column {i % Width}: {problem}. Every measured value must be "
                            + "finite and not negative; mask bad pixels out, or drop bad frames (RawMeasurement.Clean).",
                        nameof(values)
                    );
            }
        }

        if (largest == 0)
            throw new ArgumentException("All measured values are 0: there is nothing to reconstruct.", nameof(values));
        if (Unit != DiffractionUnit.Amplitude && BadValues.IsFull(largest))
            CheckSaturation(values, largest);
    }

    // Of a diffraction pattern a few pixels may be full, never most.
    private void CheckSaturation(float[] values, float full)
    {
        var size = Height * Width;
        var measured = Mask?.PixelWeights.Count(weight => weight > 0) ?? size;
        for (var frame = 0; frame < FrameCount && measured >= FewestPixels; frame++)
        {
            if (Mask?.FrameWeight(frame) == 0)
                continue;
            var saturated = 0;
            for (var i = 0; i < size; i++)
                if (values[frame * size + i] == full && Mask?.PixelWeights[i] != 0)
                    saturated++;
            if (2 * saturated > measured)
                throw new ArgumentException(
                    $"Frame {frame}: {saturated} of {measured} pixels are {full}, the largest value of a counter: the frame "
                        + "is saturated. Drop it (RawMeasurement.Clean with CleaningOptions.Saturation).",
                    nameof(values)
                );
        }
    }
}
