using Ptycho.Physics.Validation;

namespace Ptycho.Physics.Measurements;

/// <summary>
/// Takes away what a detector counts without the sample: dark counts and stray light. What falls below 0 becomes 0, which
/// biases dark pixels upwards by less than the noise of the background; mask pixels where the background dominates.
/// </summary>
public static class BackgroundCorrection
{
    /// <summary>The mean of dark frames, pixel by pixel.</summary>
    /// <param name="darkFrames">K·h·w values.</param>
    /// <param name="pixels">h·w, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not a multiple, or a value is not finite or negative.</exception>
    public static float[] Mean(ReadOnlySpan<float> darkFrames, int pixels)
    {
        Require.AtLeast(pixels, 1, nameof(pixels));
        if (darkFrames.Length == 0 || darkFrames.Length % pixels != 0)
            throw new ArgumentException(
                $"Dark frames of {pixels} pixels have a multiple of {pixels} values, not {darkFrames.Length}.",
                nameof(darkFrames)
            );
        var sums = new double[pixels];
        for (var i = 0; i < darkFrames.Length; i++)
        {
            if (!(darkFrames[i] >= 0 && float.IsFinite(darkFrames[i])))
                throw new ArgumentException(
                    $"Dark frame {i / pixels}, pixel {i % pixels} is {darkFrames[i]}.",
                    nameof(darkFrames)
                );
            sums[i % pixels] += darkFrames[i];
        }

        var frames = darkFrames.Length / pixels;
        return [.. sums.Select(sum => (float)(sum / frames))];
    }

    /// <summary>Subtracts a background from every frame; new data, with the same unit, gain and mask.</summary>
    /// <param name="data">Counts or intensities.</param>
    /// <param name="background">h·w values in the data's unit, finite and not negative, or one for all pixels.</param>
    /// <exception cref="ArgumentException">The data are amplitudes, of which nothing can be subtracted; a length or value is
    /// wrong; or nothing is left.</exception>
    public static DiffractionData Subtract(DiffractionData data, params ReadOnlySpan<float> background)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Unit == DiffractionUnit.Amplitude)
            throw new ArgumentException("A background adds to intensities; these are amplitudes.", nameof(data));
        var size = data.Height * data.Width;
        if (background.Length != 1 && background.Length != size)
            throw new ArgumentException(
                $"The background has {background.Length} values; 1 or {size} are needed.",
                nameof(background)
            );
        foreach (var value in background)
            if (!(value >= 0 && float.IsFinite(value)))
                throw new ArgumentException($"The background has the value {value}.", nameof(background));
        var values = new float[data.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var rest = data.Values[i] - background[background.Length == 1 ? 0 : i % size];
            // Masked pixels may be anything, NaN too.
            values[i] = rest < 0 ? 0 : rest;
        }

        return new DiffractionData(
            values,
            data.FrameCount,
            data.Height,
            data.Width,
            data.Unit,
            data.CountsPerUnit,
            data.Mask
        );
    }
}
