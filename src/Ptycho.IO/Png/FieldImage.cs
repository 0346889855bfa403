namespace Ptycho.IO.Png;

/// <summary>Turns numbers into pictures, one pixel a number.</summary>
public static class FieldImage
{
    /// <summary>The picture of a plane of height·width values, row by row.</summary>
    /// <param name="values">The values; NaN becomes <see cref="ColorMap.Missing"/>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="map">The colours.</param>
    /// <param name="range">The values of the first and the last colour.</param>
    /// <exception cref="ArgumentException">The number of values isn't height·width.</exception>
    public static RgbImage Render(ReadOnlySpan<float> values, int height, int width, ColorMap map, ValueRange range)
    {
        ArgumentNullException.ThrowIfNull(map);
        var image = new RgbImage(width, height);
        if (values.Length != height * width)
            throw new ArgumentException(
                $"A picture of {height}×{width} needs {height * width} values, not {values.Length}.",
                nameof(values)
            );
        for (var i = 0; i < values.Length; i++)
            image[i / width, i % width] = map.Map(range.Position(values[i]));
        return image;
    }

    /// <summary>The picture of a field's magnitude, by default in <see cref="ColorMap.Gray"/>.</summary>
    public static RgbImage Magnitude(ComplexField field, ValueRange range, ColorMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        var values = new float[field.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = float.Hypot(field.Real[i], field.Imaginary[i]);
        return Render(values, field.Height, field.Width, map ?? ColorMap.Gray, range);
    }

    /// <summary>
    /// The picture of a field's phase, by default from −π to π in <see cref="ColorMap.CyclicPhase"/>.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="reference">A phase in radians that is shown as 0: ptychography leaves a constant open.</param>
    /// <param name="map">The colours; for a range smaller than the circle, one that is not cyclic.</param>
    /// <param name="range">The phases, in −π…π, of the first and the last colour.</param>
    public static RgbImage Phase(
        ComplexField field,
        double reference = 0,
        ColorMap? map = null,
        ValueRange? range = null
    )
    {
        ArgumentNullException.ThrowIfNull(field);
        var values = new float[field.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var phase = Math.Atan2(field.Imaginary[i], field.Real[i]) - reference;
            values[i] = (float)Math.IEEERemainder(phase, 2 * Math.PI);
        }
        return Render(values, field.Height, field.Width, map ?? ColorMap.CyclicPhase, range ?? ValueRange.Phase);
    }
}
